using System.Text.Json;
using PatchOperator.Contract;
using PatchOperator.Contract.Grammars;
using PatchOperator.Contract.Images;
using Items = PatchOperator.Agent.Images.Running.ImageRequestItems;

namespace PatchOperator.Agent.Images.Running;

/// <summary>
/// Reads and checks the request of an image Job: what passes here may become part of a root's command, of a path or of a file that a tool reads.
/// </summary>
internal static class ImageRequestReader
{
    /// <summary>9999-12-31T23:59:59Z.</summary>
    private const long LastSecond = 253402300799;

    /// <exception cref="ImageFailureException">InvalidRequest, with a message that names what to put right.</exception>
    public static ImageRequest Read(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
            throw Invalid($"the environment variable {ImageRequest.EnvironmentVariable} is not set: it must hold the request as JSON");
        var request = Parse(json);
        return Problems(request).FirstOrDefault() is { } problem ? throw Invalid($"{ImageRequest.EnvironmentVariable}: {problem}") : request;
    }

    private static ImageRequest Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ContractJson.Default.ImageRequest) ?? throw new JsonException("null is not a request");
        }
        catch (JsonException error)
        {
            throw Invalid($"{ImageRequest.EnvironmentVariable} is not a request in JSON: {error.Message}");
        }
    }

    private static ImageFailureException Invalid(string message) => new(ImageReasons.InvalidRequest, message);

    /// <summary>In the order in which a person would put them right; lazily, as one may be the reason for the next.</summary>
    private static IEnumerable<string?> Problems(ImageRequest request)
    {
        if (Job(request) is { } problem)
        {
            yield return problem;
            yield break;
        }

        var problems = Source(request)
            .Concat(Recipe(request.Recipe))
            .Concat(Items.Each(request.Tests, "tests", Items.Test))
            .Concat(Output(request))
            .Concat(Items.Each(request.Expected, "expected", Items.Expected))
            .Concat(Items.Each(request.Known, "known", Items.Known))
            .Concat(Items.Each(request.Superfluous, "superfluous", Items.Known));
        foreach (var found in problems.Where(found => found is not null))
            yield return found;
    }

    private static string? Job(ImageRequest request) => request switch
    {
        _ when !ImageNames.IsBaseline(request.Baseline) => "baseline must be the name of an ImageBaseline, got " + Items.Quote(request.Baseline),
        _ when !Enum.IsDefined(request.Mode) => "mode must be one of " + string.Join(", ", Enum.GetNames<ImageJobMode>()),
        _ when !Enum.IsDefined(request.Builder) => "builder must be one of " + string.Join(", ", Enum.GetNames<ImageRequestBuilder>()),
        { SourceDateEpoch: < 0 or > LastSecond } => "sourceDateEpoch must be seconds since 1970",
        { Mode: ImageJobMode.Scan } when !OciSyntax.IsDigest(request.Digest) =>
            "digest must be sha256: and 64 hexadecimal digits, got " + Items.Quote(request.Digest),
        { Mode: ImageJobMode.Scan } when !OciSyntax.IsTag(request.Version) => "version must be a tag, got " + Items.Quote(request.Version),
        { Source: null } => "source must be an object",
        { Recipe: null } => "recipe must be an object",
        { Output: null } => "output must be an object",
        _ => null,
    };

    private static IEnumerable<string?> Source(ImageRequest request)
    {
        var (source, builds) = (request.Source, request.Mode == ImageJobMode.Build);
        if (builds && request.Builder == ImageRequestBuilder.Mmdebstrap && source.Suite is null)
            yield return "source.suite must be set: Mmdebstrap builds from a suite";
        if (builds && request.Builder == ImageRequestBuilder.Buildah && source.Image is null)
            yield return "source.image must be set: Buildah builds from a base image";
        if (builds && request.Builder is ImageRequestBuilder.Dnf or ImageRequestBuilder.Zypper)
        {
            if (source.Repositories is { Count: 0 })
                yield return $"source.repositories must be set: {request.Builder} builds from repositories";
            if (request.Recipe.Install is { Count: 0 })
                yield return $"recipe.install must be set: {request.Builder} builds from packages alone";
        }

        if (source.Suite is not null && !ImageNames.IsSuite(source.Suite))
            yield return "source.suite is not the name of a suite: " + Items.Quote(source.Suite);
        if (source.Image is not null && ImageReference.RepositoryOf(source.Image) is null)
            yield return "source.image is not a reference to an image in a registry: " + Items.Quote(source.Image);
        if (source.GpgKeys is not null && !RpmSource.AreKeys(source.GpgKeys))
            yield return "source.gpgKeys is not a text with public keys in armour";
        var items = Items.Each(source.Mirrors, "source.mirrors", Items.Mirror).Concat(Items.Each(source.Repositories, "source.repositories", Items.Repository));
        foreach (var problem in items)
            yield return problem;
    }

    private static IEnumerable<string?> Recipe(ImageRequestRecipe recipe) =>
        Items.Each(recipe.Install, "recipe.install", Items.Package)
            .Concat(Items.Each(recipe.Remove, "recipe.remove", Items.Package))
            .Concat(Items.Each(recipe.Hold, "recipe.hold", Items.Package))
            .Append(Enum.IsDefined(recipe.Updates) ? null : "recipe.updates must be one of " + string.Join(", ", Enum.GetNames<ImageRequestUpdates>()))
            .Concat(Items.Each(recipe.Scripts, "recipe.scripts", Items.Script));

    private static IEnumerable<string?> Output(ImageRequest request)
    {
        var output = request.Output;
        if (!Enum.IsDefined(output.Format))
            yield return "output.format must be one of " + string.Join(", ", Enum.GetNames<ImageRequestFormat>());
        if (output.Repository is not null && !RepositoryName.TryParse(output.Repository, out _, out var problem))
            yield return "output.repository: " + problem;
        if (!TagTemplate.MakesTags(output.TagTemplate, request.Baseline))
            yield return "output.tagTemplate must make a tag, which has at most 128 characters, of {baseline}, {date}, {time}, {digest} and letters, digits, "
                + "dots, dashes and underscores, got " + Items.Quote(output.TagTemplate);
    }
}
