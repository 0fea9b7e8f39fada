using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What a run was made for; in the order in which they go before each other.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunTrigger>))]
public enum RunTrigger
{
    /// <summary>A window opened.</summary>
    Window,

    /// <summary>Nodes fell behind the others.</summary>
    CatchUp,

    /// <summary>A person asked for it outside of the usual times.</summary>
    Emergency,

    /// <summary>A person asked for what another run has changed to be undone.</summary>
    Rollback,
}
