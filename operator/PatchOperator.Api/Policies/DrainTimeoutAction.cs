using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of a node whose pods have not left in time.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DrainTimeoutAction>))]
public enum DrainTimeoutAction
{
    /// <summary>It has failed, and is given back where it is healthy.</summary>
    Fail,

    /// <summary>The pods that are left are deleted without eviction, past their PodDisruptionBudgets.</summary>
    Force,

    /// <summary>It is given back, which is no failure, and has its turn in the next opening.</summary>
    Skip,
}
