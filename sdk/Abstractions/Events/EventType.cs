namespace KubeOps.Abstractions.Events;

/// <summary>Whether an event is good to know or needs attention.</summary>
public enum EventType
{
    /// <summary>Good to know.</summary>
    Normal,

    /// <summary>Needs attention.</summary>
    Warning,
}
