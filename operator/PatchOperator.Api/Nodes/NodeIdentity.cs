using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What a node is, as last seen.</summary>
public sealed record NodeIdentity
{
    [JsonPropertyName("uid")]
    public string Uid { get; init; } = "";

    [JsonPropertyName("bootID")]
    public string BootId { get; init; } = "";

    public string? OsImage { get; init; }

    public string? OsFamily { get; init; }

    public string? KernelVersion { get; init; }

    public string? Architecture { get; init; }

    public string? PackageManager { get; init; }
}
