namespace PatchOperator.Api;

/// <summary>A command that must succeed inside the built image.</summary>
public sealed record ImageTest
{
    public string Name { get; init; } = "";

    /// <summary>The command and its arguments, run in the image's root.</summary>
    public List<string> Command { get; init; } = [];

    public string Timeout { get; init; } = "5m";
}
