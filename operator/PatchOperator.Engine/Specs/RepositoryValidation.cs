using PatchOperator.Api;
using PatchOperator.Contract.Grammars;
using static PatchOperator.Engine.Specs.SpecErrors;

namespace PatchOperator.Engine.Specs;

/// <summary>The rules of an image that is made from repositories of rpm packages.</summary>
internal static class RepositoryValidation
{
    public static IEnumerable<SpecError> Validate(ImageBaselineSpec spec) =>
        spec.Source.Type == ImageSourceType.Repository
            ? [.. Source(spec.Source), .. spec.Builder.Type is ImageBuilderType.Dnf or ImageBuilderType.Zypper ? Recipe(spec) : []]
            :
            [
                .. Error("spec.source.repositories", spec.Source.Repositories.Count > 0 ? "is for type Repository only" : null),
                .. Error("spec.source.gpgKeys", spec.Source.GpgKeys is not null ? "is for type Repository only" : null),
            ];

    private static IEnumerable<SpecError> Source(ImageSource source) =>
    [
        .. Error("spec.source.repositories", source.Repositories.Count == 0 ? "must name a repository with type Repository" : null),
        .. source.Repositories.SelectMany(Repository),
        .. Twice("spec.source.repositories", source.Repositories.Select(repository => repository.Id)),
        .. Error("spec.source.gpgKeys", source.GpgKeys switch
        {
            null when source.Repositories.Any(repository => repository.GpgCheck) =>
                "must have the public keys of the repositories, unless gpgCheck is false for each",
            { } keys when !RpmSource.AreKeys(keys) => "must be public keys in armour, from -----BEGIN PGP PUBLIC KEY BLOCK----- to the end of the last",
            _ => null,
        }),
        .. Error("spec.source.mirrors", source.Mirrors.Count > 0 ? "is for apt alone: name spec.source.repositories instead" : null),
    ];

    private static IEnumerable<SpecError> Repository(ImageRepository repository, int index) =>
    [
        .. Error(
            $"spec.source.repositories[{index}].id",
            RpmSource.IsId(repository.Id) ? null : $"'{repository.Id}' is no ID: letters, digits, dots, dashes and underscores, 63 at most, and not main"),
        .. Error($"spec.source.repositories[{index}].baseUrl", repository.BaseUrl switch
        {
            var url when !RpmSource.IsBaseUrl(url) => $"'{url}' is not an http or https URL without a login",
            // The root is empty yet: nothing tells which release it will be.
            var url when RpmSource.DependsOnRelease(url) => "has $releasever, which is not known before there is an image: write the release itself",
            _ => null,
        }),
    ];

    private static IEnumerable<SpecError> Recipe(ImageBaselineSpec spec) =>
    [
        .. Error(
            "spec.recipe.packages.install",
            spec.Recipe.Packages.Install.Count == 0 ? $"must name the packages that the image is to have with builder {spec.Builder.Type}" : null),
        .. Error(
            "spec.recipe.updates",
            spec.Recipe.Updates != ImageUpdates.All ? $"must be All with builder {spec.Builder.Type}, which installs the newest that the repositories have"
                : null),
    ];
}
