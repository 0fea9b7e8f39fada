namespace PatchOperator.Api;

public sealed record ImageTest
{
    public string Name { get; init; } = "";

    /// <summary>The command and its arguments, run in the image's root.</summary>
    public List<string> Command { get; init; } = [];

    public string Timeout { get; init; } = "5m";
}
