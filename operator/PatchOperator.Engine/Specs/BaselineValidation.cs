using System.Text.RegularExpressions;
using PatchOperator.Api;
using PatchOperator.Contract.Grammars;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Selection;
using static PatchOperator.Engine.Specs.SpecErrors;

namespace PatchOperator.Engine.Specs;

/// <summary>Every rule of an ImageBaseline that the schema cannot say, or that an API server before 1.25 does not enforce.</summary>
public static partial class BaselineValidation
{
    /// <summary>Scripts, packages, tests and keys travel to the builder in one environment variable, beside the updates of runs.</summary>
    public const int MaxRecipeLength = 48 * 1024;

    private static readonly TimeSpan MinScanInterval = TimeSpan.FromMinutes(1);

    /// <param name="baseline">The baseline.</param>
    /// <param name="windows">The calendars of all PatchWindows by name; null for one whose spec is invalid.</param>
    public static IReadOnlyList<SpecError> Validate(ImageBaseline baseline, IReadOnlyDictionary<string, WindowCalendar?> windows)
    {
        var spec = baseline.Spec;
        return
        [
            .. Error(
                "metadata.name",
                baseline.Metadata.Name.Length > ApiGroup.MaxBaselineNameLength ? $"is {baseline.Metadata.Name.Length} characters long; "
                    + $"{ApiGroup.MaxBaselineNameLength} is the most, as it becomes a label" : null),
            .. Source(spec),
            .. Recipe(spec),
            .. Builder(spec.Builder),
            .. Output(spec.Output, baseline.Metadata.Name),
            .. Triggers(spec.Triggers, windows),
            .. Positive("spec.scan.interval", spec.Scan.Interval, "24h", MinScanInterval),
            .. Positive("spec.scan.timeout", spec.Scan.Timeout, "10m"),
            .. Positive("spec.builder.timeout", spec.Builder.Timeout, "1h"),
            .. spec.Tests.SelectMany(Test),
            .. Twice("spec.tests", spec.Tests.Select(test => test.Name)),
            .. Twice("spec.recipe.scripts", spec.Recipe.Scripts.Select(script => script.Name)),
            .. Error(
                "spec.promotion.soak", Durations.TryParse(spec.Promotion.Soak, out _) ? null : $"'{spec.Promotion.Soak}' is not a duration such as 24h or 0s"),
            .. Nodes(spec.Nodes),
            .. spec.Revoked.SelectMany(
                (digest, index) => Error($"spec.revoked[{index}]", OciSyntax.IsDigest(digest) ? null : $"'{digest}' is not a digest: sha256: and 64 "
                    + "hexadecimal digits")),
        ];
    }

    private static IEnumerable<SpecError> Source(ImageBaselineSpec spec)
    {
        var source = spec.Source;
        return
        [
            .. Error(
                "spec.source.suite",
                source.Type == ImageSourceType.Suite && !Suite().IsMatch(source.Suite ?? "") ? "must name a suite such as bookworm with type Suite" : null),
            .. Error(
                "spec.source.suite",
                source is { Type: not ImageSourceType.Suite, Suite: not null } ? $"must be absent with type {source.Type}" : null),
            .. Error(
                "spec.source.image",
                source.Type == ImageSourceType.Image && ImageReference.RepositoryOf(source.Image) is null ? "must name an image such as debian:bookworm-slim "
                    + "with type Image" : null),
            .. Error(
                "spec.source.image",
                source is { Type: not ImageSourceType.Image, Image: not null } ? $"must be absent with type {source.Type}" : null),
            .. source.Mirrors.SelectMany(
                (mirror, index) => Error($"spec.source.mirrors[{index}]", Mirror().IsMatch(mirror) ? null : $"'{mirror}' is not a line such as: deb "
                    + "http://deb.debian.org/debian bookworm main")),
            .. Error("spec.source.mirrors", spec.Builder.Type == ImageBuilderType.Mmdebstrap && source.Mirrors.Count > 0
                && source.Mirrors.All(mirror => Mirror().Match(mirror).Groups["suite"].Value != source.Suite)
                ? $"must have a line of the suite {source.Suite} itself, which the image is made from"
                : null),
            .. RepositoryValidation.Validate(spec),
            .. Error("spec.builder.type", (spec.Builder.Type, source.Type) switch
            {
                (ImageBuilderType.Custom, _) => null,
                (ImageBuilderType.Mmdebstrap, not ImageSourceType.Suite) =>
                    $"Mmdebstrap builds from a suite: set spec.source.type to Suite, or use {BuilderOf(source.Type)}",
                (ImageBuilderType.Buildah, not ImageSourceType.Image) =>
                    $"Buildah builds from an image: set spec.source.type to Image, or use {BuilderOf(source.Type)}",
                (ImageBuilderType.Dnf or ImageBuilderType.Zypper, not ImageSourceType.Repository) =>
                    $"{spec.Builder.Type} builds from repositories: set spec.source.type to Repository, or use {BuilderOf(source.Type)}",
                _ => null,
            }),
        ];
    }

    private static string BuilderOf(ImageSourceType source) => source switch
    {
        ImageSourceType.Suite => "Mmdebstrap",
        ImageSourceType.Image => "Buildah",
        _ => "Dnf or Zypper",
    };

    private static IEnumerable<SpecError> Recipe(ImageBaselineSpec spec)
    {
        var packages = spec.Recipe.Packages;
        var length = spec.Recipe.Scripts.Sum(script => script.Run.Length + script.Name.Length)
            + packages.Install.Concat(packages.Remove).Concat(packages.Hold).Sum(name => name.Length + 3)
            + spec.Tests.Sum(test => test.Command.Sum(argument => argument.Length + 3))
            + spec.Source.Mirrors.Sum(mirror => mirror.Length)
            + spec.Source.Repositories.Sum(repository => repository.Id.Length + repository.BaseUrl.Length)
            + (spec.Source.GpgKeys?.Length ?? 0);
        return
        [
            .. Packages("spec.recipe.packages.install", packages.Install),
            .. Packages("spec.recipe.packages.remove", packages.Remove),
            .. Packages("spec.recipe.packages.hold", packages.Hold),
            .. spec.Recipe.Scripts.SelectMany(
                (script, index) => Error($"spec.recipe.scripts[{index}].name", script.Name.Any(char.IsControl) ? "must be one line" : null)),
            .. Error(
                "spec.recipe",
                length > MaxRecipeLength ? $"and the tests have {length} characters; {MaxRecipeLength} is the most: move long scripts into a package or a "
                    + "custom builder" : null),
        ];
    }

    private static IEnumerable<SpecError> Packages(string field, List<string> names) =>
        names.SelectMany((name, index) => Error($"{field}[{index}]", Package().IsMatch(name) ? null : $"'{name}' is not the name of a package"));

    private static IEnumerable<SpecError> Builder(ImageBuilder builder) =>
    [
        .. Error(
            "spec.builder.image",
            builder.Type == ImageBuilderType.Custom && string.IsNullOrEmpty(builder.Image) ? "must name the builder's image with type Custom" : null),
        .. Error("spec.builder.command", builder.Type != ImageBuilderType.Custom && builder.Command.Count > 0 ? "is for type Custom only" : null),
        .. Error(
            "spec.builder.privileged",
            builder.Type != ImageBuilderType.Custom && builder.Privileged ? "is for type Custom only; the other builders always are" : null),
    ];

    private static IEnumerable<SpecError> Output(ImageOutput output, string baseline) =>
    [
        .. Error("spec.output.repository", (output.Repository, output.Volume) switch
        {
            (null, null) => output.Format == ImageFormat.Oci ? "must be given" : "or spec.output.volume must be given",
            ({ }, { }) => "and spec.output.volume exclude each other",
            ({ } repository, _) => RepositoryName.TryParse(repository, out _, out var problem) ? null : problem,
            _ => null,
        }),
        .. Error(
            "spec.output.volume",
            output is { Format: ImageFormat.Oci, Volume: not null } ? "is for formats Tar and RawDisk; an OCI image goes to a repository" : null),
        .. Error(
            "spec.output.volume.path",
            output.Volume?.Path is { } path && (path.StartsWith('/') || path.Split('/').Contains("..")) ? "must be relative and must not contain '..'" : null),
        .. Error("spec.output.tagTemplate", TagProblem(output.TagTemplate, baseline)),
        .. Error(
            "spec.output.currentTag",
            OciSyntax.IsTag(output.CurrentTag) ? null : $"'{output.CurrentTag}' is not a tag: letters, digits, dots, dashes and underscores, 128 at most"),
    ];

    private static string? TagProblem(string template, string baseline)
    {
        if (!template.Contains("{digest}", StringComparison.Ordinal) && !template.Contains("{time}", StringComparison.Ordinal))
            return "must contain {digest} or {time}, or two images would share a tag";
        return TagTemplate.MakesTags(template, baseline)
            ? null
            : $"'{template}' makes no tag: besides {{baseline}}, {{date}}, {{time}} and {{digest}} only letters, digits, dots, dashes and underscores are "
                + "allowed, 128 in all";
    }

    private static IEnumerable<SpecError> Triggers(ImageTriggers triggers, IReadOnlyDictionary<string, WindowCalendar?> windows) =>
    [
        .. triggers.Schedule is { } schedule && !Schedule.TryCreate(schedule, "spec.triggers.schedule", out _, out var errors) ? errors : [],
        .. WindowNames("spec.triggers.windows", triggers.Windows, windows),
        .. triggers.MaxAge is { } age ? Positive("spec.triggers.maxAge", age, "30d", TimeSpan.FromHours(1)) : [],
    ];

    private static IEnumerable<SpecError> Test(ImageTest test, int index) =>
    [
        .. Error($"spec.tests[{index}].command", test.Command.Count == 0 || string.IsNullOrEmpty(test.Command[0]) ? "must name a program" : null),
        .. Positive($"spec.tests[{index}].timeout", test.Timeout, "5m"),
    ];

    private static IEnumerable<SpecError> Nodes(ImageNodes? nodes)
    {
        if (nodes is null)
            return [];
        var identity = nodes.IdentifyBy;
        var given = (string.IsNullOrEmpty(identity.Annotation) ? 0 : 1) + (string.IsNullOrEmpty(identity.Label) ? 0 : 1) + (identity.OsImage ? 1 : 0);
        return
        [
            .. LabelSelectors.Validate(nodes.Selector, "spec.nodes.selector"),
            .. Error("spec.nodes.identifyBy", given == 1 ? null : "must have exactly one of annotation, label and osImage"),
        ];
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9.+~-]{0,99}\z")]
    private static partial Regex Suite();

    [GeneratedRegex(@"^deb (\[[^\]\n]+\] )?https?://[^\s]+ (?<suite>[^\s]+)( [^\s]+)*\z")]
    private static partial Regex Mirror();

    // What dpkg and rpm take, with an architecture where apt takes one.
    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9+._-]+(:[a-z0-9-]+)?\z")]
    private static partial Regex Package();
}
