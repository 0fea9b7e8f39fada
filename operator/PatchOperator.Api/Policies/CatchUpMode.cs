using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>When nodes are caught up that fell behind: they joined late, were away for long, or went back to an earlier state.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CatchUpMode>))]
public enum CatchUpMode
{
    /// <summary>With the others: they are reported, and have their turn in the next run.</summary>
    Never,

    /// <summary>By a run of their own, as soon as a window takes them.</summary>
    Schedule,

    /// <summary>By a run of their own, at once, whether a window is open or not; blackouts hold.</summary>
    Immediate,
}
