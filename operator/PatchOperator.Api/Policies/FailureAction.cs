using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of a healthy node whose turn has failed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FailureAction>))]
public enum FailureAction
{
    /// <summary>It is given back.</summary>
    Uncordon,

    /// <summary>It stays cordoned, for a person to look at.</summary>
    KeepCordoned,

    /// <summary>What the turn has replaced comes back first; then it is given back, or stays cordoned where that fails as well.</summary>
    Rollback,
}
