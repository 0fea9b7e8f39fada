namespace PatchOperator.Api;

/// <summary>A container that the operator runs as a Job, in the namespace of its Jobs: what a policy adds of its own.</summary>
public sealed record JobTemplate
{
    public string Image { get; init; } = "";

    /// <summary>What is run instead of the image's entrypoint; empty: that.</summary>
    public List<string> Command { get; init; } = [];

    /// <summary>What it is given instead of what the image says; empty: that.</summary>
    public List<string> Args { get; init; } = [];

    /// <summary>Variables beside those that the operator sets, whose names begin with <c>PATCH_</c>.</summary>
    public List<EnvironmentVariable> Env { get; init; } = [];

    /// <summary>A ServiceAccount of the Jobs' namespace, whose token the container has; absent: it has none.</summary>
    public string? ServiceAccountName { get; init; }

    /// <summary>How long it may take, from when its Job is made: what takes longer is ended, and has failed.</summary>
    public string Timeout { get; init; } = "5m";
}
