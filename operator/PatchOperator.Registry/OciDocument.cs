using System.Text.Json;

namespace PatchOperator.Registry;

/// <summary>Manifest, index and layout as JSON: members that only some of them have are null in the others.</summary>
internal sealed record OciDocument
{
    public int? SchemaVersion { get; set; }

    public string? MediaType { get; set; }

    public OciDescriptor? Config { get; set; }

    public IReadOnlyList<OciDescriptor>? Layers { get; set; }

    public IReadOnlyList<OciDescriptor>? Manifests { get; set; }

    /// <summary>The layout file's.</summary>
    public string? ImageLayoutVersion { get; set; }

    /// <exception cref="FormatException">It is no JSON, or a descriptor in it is none.</exception>
    public static OciDocument Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var document = JsonSerializer.Deserialize(json, OciJson.Default.OciDocument) ?? throw new FormatException("it is empty");
            OciDescriptor?[] descriptors = [.. document.Layers ?? [], .. document.Manifests ?? []];
            return descriptors.All(descriptor => descriptor is { Valid: true }) && document.Config is null or { Valid: true } ? document
                : throw new FormatException("something in it is not described by a media type, a sha256 digest and a size");
        }
        catch (JsonException error)
        {
            throw new FormatException($"it is not the JSON it should be: {error.Message}", error);
        }
    }
}
