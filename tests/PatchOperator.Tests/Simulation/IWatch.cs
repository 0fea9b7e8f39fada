namespace PatchOperator.Tests.Simulation;

/// <summary>The watch of one kind.</summary>
internal interface IWatch
{
    /// <summary>Whether something has happened that it has not told yet.</summary>
    bool HasNews { get; }

    /// <summary>Tells the next thing that has happened.</summary>
    void Tell();

    /// <summary>Tells all there is now.</summary>
    void List();
}
