using System.Security.Cryptography;
using System.Text;
using PatchOperator.Api;

namespace PatchOperator.Engine.Images;

/// <summary>
/// The part of a spec that decides what is built and whether it may be used, as one hash. Only what is set counts, line by line: a newer operator that knows
/// more fields computes the same hash for a spec that does not use them, and rebuilds nothing.
/// </summary>
public static class InputsHash
{
    // To be raised only when the same spec must be built anew.
    private const string Version = "v1";

    public static string Of(ImageBaselineSpec spec)
    {
        var text = string.Concat(Lines(spec).Select(line => line + "\n"));
        return $"{Version}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16]}";
    }

    private static IEnumerable<string> Lines(ImageBaselineSpec spec) =>
    [
        $"source {spec.Source.Type}",
        .. Line("source.image", spec.Source.Image),
        .. Line("source.suite", spec.Source.Suite),
        .. spec.Source.Mirrors.SelectMany(mirror => Line("source.mirror", mirror)),
        .. spec.Source.Repositories.SelectMany(repository => Line($"source.repository {Quote(repository.Id)} {repository.GpgCheck}", repository.BaseUrl)),
        .. Line("source.gpgKeys", spec.Source.GpgKeys),
        $"updates {spec.Recipe.Updates}",
        .. spec.Recipe.Packages.Install.SelectMany(package => Line("install", package)),
        .. spec.Recipe.Packages.Remove.SelectMany(package => Line("remove", package)),
        .. spec.Recipe.Packages.Hold.SelectMany(package => Line("hold", package)),
        .. spec.Recipe.Scripts.SelectMany(script => Line($"script {Quote(script.Name)}", script.Run)),
        $"builder {spec.Builder.Type}",
        .. Line("builder.image", spec.Builder.Image),
        .. spec.Builder.Command.SelectMany(argument => Line("builder.command", argument)),
        $"format {spec.Output.Format}",
        .. Line("repository", spec.Output.Repository),
        .. Line("volume", spec.Output.Volume?.ClaimName),
        .. Line("volume.path", spec.Output.Volume?.Path),
        .. spec.Tests.SelectMany(test => test.Command.SelectMany(argument => Line($"test {Quote(test.Name)}", argument))),
        $"gate {spec.Gate.MaxPendingSecurity} {spec.Gate.OnFinding}",
    ];

    // Quoted, so that no value can pass for two lines.
    private static IEnumerable<string> Line(string name, string? value) => string.IsNullOrEmpty(value) ? [] : [$"{name} {Quote(value)}"];

    private static string Quote(string value) => System.Text.Json.JsonSerializer.Serialize(value);
}
