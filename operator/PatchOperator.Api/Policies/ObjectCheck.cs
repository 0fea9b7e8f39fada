namespace PatchOperator.Api;

/// <summary>A condition that an object of the cluster has while all is well.</summary>
public sealed record ObjectCheck
{
    /// <summary>Its group and version, such as <c>apps/v1</c>.</summary>
    public string ApiVersion { get; init; } = "";

    /// <summary>Its kind, such as <c>Deployment</c>.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Its namespace; absent for one that is in none.</summary>
    public string? Namespace { get; init; }

    public string Name { get; init; } = "";

    /// <summary>The type of the condition, such as <c>Available</c>.</summary>
    public string Condition { get; init; } = "";

    /// <summary>The status that the condition has while all is well.</summary>
    public string Status { get; init; } = "True";
}
