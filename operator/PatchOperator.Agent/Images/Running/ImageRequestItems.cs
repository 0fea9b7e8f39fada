using System.Text.Json;
using PatchOperator.Agent.Packages.Apt;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Images.Running;

/// <summary>What is wrong with an item of one of the request's lists, in words that follow the item's path; null when it is fine.</summary>
internal static class ImageRequestItems
{
    /// <summary>A day: longer is a mistake in the unit.</summary>
    public const int MaxTestSeconds = 24 * 3600;

    public static string? Mirror(string? line) =>
        AptLine.Parse(line) is null
            ? $"must be a line of sources.list, 'deb [options] URI suite components' with an http or https URI, got {Quote(line)}"
            : null;

    public static string? Repository(ImageRequestRepository? repository) =>
        repository is not null && RpmSource.IsId(repository.Id) && RpmSource.IsBaseUrl(repository.BaseUrl) && !RpmSource.DependsOnRelease(repository.BaseUrl)
            ? null
            : $"must have an id, and a baseUrl with http or https and without $releasever, got {Quote(repository?.Id)} and {Quote(repository?.BaseUrl)}";

    public static string? Package(string? name) => DebianNames.IsName(name) ? null : "is not the name of a package: " + Quote(name);

    public static string? Script(ImageRequestScript? script) => script switch
    {
        null or { Run: null } => "must be an object with name and run",
        _ when script.Run.Contains('\0', StringComparison.Ordinal) => "has a character in run that no script can have",
        _ when !ImageNames.IsLabel(script.Name) => "has a name that is empty, long or not printable: " + Quote(script.Name),
        _ => null,
    };

    public static string? Test(ImageRequestTest? test) => test switch
    {
        null or { Command: null } => "must be an object with name and command",
        _ when !ImageNames.IsLabel(test.Name) => "has a name that is empty, long or not printable: " + Quote(test.Name),
        { Command: [null or "", ..] or [] } => $"({test.Name}) needs a command",
        _ when test.Command.Any(argument => argument is null || argument.Contains('\0', StringComparison.Ordinal)) =>
            $"({test.Name}) has an argument that cannot be one",
        { TimeoutSeconds: < 1 or > MaxTestSeconds } => $"({test.Name}) must have timeoutSeconds between 1 and {MaxTestSeconds}",
        _ => null,
    };

    public static string? Expected(ExpectedUpdates? expected) => expected switch
    {
        null or { Run: null or "" } or { Updates: null } => "must be an object with run and updates",
        _ =>
            Each(
                expected.Updates,
                "updates",
                update => update is { Name.Length: > 0, Version.Length: > 0 } ? null : "must have name and version").FirstOrDefault(),
    };

    public static string? Known(KnownImage? known) =>
        OciSyntax.IsDigest(known?.Digest) && OciSyntax.IsTag(known.Version) ? null : "must have a digest and a version";

    public static IEnumerable<string> Each<T>(IReadOnlyList<T>? items, string field, Func<T?, string?> problem) =>
        items is null
            ? [$"{field} must be a list"]
            : items.Select((item, index) => problem(item) is { } found ? $"{field}[{index}] {found}" : null).OfType<string>();

    public static string Quote(string? text) =>
        JsonSerializer.Serialize(text is { Length: > 80 } ? text[..80] : text ?? "", ContractJson.Default.String);
}
