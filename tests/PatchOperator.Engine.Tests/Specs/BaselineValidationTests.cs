using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Specs;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Specs;

public class BaselineValidationTests
{
    public static TheoryData<string, Func<ImageBaselineSpec, ImageBaselineSpec>> Mistakes => new()
    {
        { "spec.source.suite: must name a suite", spec => spec with { Source = new ImageSource { Suite = "book worm" } } },
        { "spec.source.image: must be absent with type Suite", spec => spec with { Source = new ImageSource { Suite = "bookworm", Image = "debian" } } },
        {
            "spec.source.image: must name an image",
            spec => spec with
            {
                Source = new ImageSource { Type = ImageSourceType.Image, Image = "--help" },
                Builder = new ImageBuilder { Type = ImageBuilderType.Buildah },
            }
        },
        {
            "spec.source.mirrors[1]: 'http://deb.debian.org' is not a line",
            spec => spec with
            {
                Source = new ImageSource { Suite = "bookworm", Mirrors = ["deb http://deb.debian.org/debian bookworm main", "http://deb.debian.org"] },
            }
        },
        {
            "spec.source.mirrors: must have a line of the suite bookworm itself",
            spec => spec with { Source = new ImageSource { Suite = "bookworm", Mirrors = ["deb http://deb.debian.org/debian bookworm-updates main"] } }
        },
        {
            "spec.recipe.scripts[0].name: must be one line",
            spec => spec with { Recipe = new ImageRecipe { Scripts = [new ImageScript { Name = "a\nb", Run = "true" }] } }
        },
        {
            "spec.builder.type: Mmdebstrap builds from a suite",
            spec => spec with { Source = new ImageSource { Type = ImageSourceType.Image, Image = "debian:bookworm" } }
        },
        { "spec.builder.type: Buildah builds from an image", spec => spec with { Builder = new ImageBuilder { Type = ImageBuilderType.Buildah } } },
        {
            "spec.builder.type: Dnf builds from repositories: set spec.source.type to Repository, or use Mmdebstrap",
            spec => spec with { Builder = new ImageBuilder { Type = ImageBuilderType.Dnf }, Recipe = OfRpms }
        },
        {
            "spec.builder.type: Buildah builds from an image: set spec.source.type to Image, or use Dnf or Zypper",
            spec => spec with { Source = Repositories(AlmaLinux), Builder = new ImageBuilder { Type = ImageBuilderType.Buildah } }
        },
        { "spec.source.repositories: must name a repository", spec => ByZypper(spec, Repositories()) },
        { "spec.source.repositories: names 'baseos' more than once", spec => ByZypper(spec, Repositories(AlmaLinux, AlmaLinux)) },
        { "spec.source.repositories: is for type Repository only", spec => spec with { Source = spec.Source with { Repositories = [AlmaLinux] } } },
        { "spec.source.gpgKeys: is for type Repository only", spec => spec with { Source = spec.Source with { GpgKeys = AKey } } },
        { "spec.source.suite: must be absent with type Repository", spec => ByZypper(spec, Repositories(AlmaLinux) with { Suite = "trixie" }) },
        { "spec.source.image: must be absent with type Repository", spec => ByZypper(spec, Repositories(AlmaLinux) with { Image = "almalinux:9" }) },
        {
            "spec.source.mirrors: is for apt alone",
            spec => ByZypper(spec, Repositories(AlmaLinux) with { Mirrors = ["deb http://deb.debian.org/debian bookworm main"] })
        },
        { "spec.source.repositories[1].id: 'a/b' is no ID", spec => ByZypper(spec, Repositories(AlmaLinux, AlmaLinux with { Id = "a/b" })) },
        { "spec.source.repositories[0].id: 'main' is no ID", spec => ByZypper(spec, Repositories(AlmaLinux with { Id = "main" })) },
        {
            "spec.source.repositories[0].baseUrl: 'https://me:secret@repo.example.com/' is not an http or https URL without a login",
            spec => ByZypper(spec, Repositories(AlmaLinux with { BaseUrl = "https://me:secret@repo.example.com/" }))
        },
        {
            "spec.source.repositories[0].baseUrl: 'file:///repository' is not an http or https URL",
            spec => ByZypper(spec, Repositories(AlmaLinux with { BaseUrl = "file:///repository" }))
        },
        {
            "spec.source.repositories[0].baseUrl: has $releasever",
            spec => ByZypper(spec, Repositories(AlmaLinux with { BaseUrl = "https://repo.almalinux.org/${releasever}/" }))
        },
        { "spec.source.gpgKeys: must have the public keys of the repositories", spec => ByZypper(spec, Repositories(AlmaLinux) with { GpgKeys = null }) },
        {
            "spec.source.gpgKeys: must be public keys in armour",
            spec => ByZypper(spec, Repositories(AlmaLinux) with { GpgKeys = "https://repo.almalinux.org/almalinux/RPM-GPG-KEY-AlmaLinux-9" })
        },
        { "spec.recipe.packages.install: must name the packages", spec => ByZypper(spec, Repositories(AlmaLinux)) with { Recipe = new ImageRecipe() } },
        {
            "spec.recipe.updates: must be All with builder Zypper",
            spec => ByZypper(spec, Repositories(AlmaLinux)) with { Recipe = OfRpms with { Updates = ImageUpdates.SecurityOnly } }
        },
        { "spec.builder.image: must name the builder's image", spec => spec with { Builder = new ImageBuilder { Type = ImageBuilderType.Custom } } },
        { "spec.builder.command: is for type Custom only", spec => spec with { Builder = new ImageBuilder { Command = ["make"] } } },
        {
            "spec.recipe.packages.install[1]: '-y' is not the name of a package",
            spec => spec with { Recipe = new ImageRecipe { Packages = new ImagePackages { Install = ["curl", "-y"] } } }
        },
        {
            "spec.recipe: and the tests have 50001 characters",
            spec => spec with { Recipe = new ImageRecipe { Scripts = [new ImageScript { Name = "s", Run = new string('x', 50000) }] } }
        },
        { "spec.output.repository: must be given", spec => spec with { Output = new ImageOutput() } },
        {
            "spec.output.repository: 'registry.example.com/worker:latest' is no repository",
            spec => spec with { Output = new ImageOutput { Repository = "registry.example.com/worker:latest" } }
        },
        { "spec.output.repository: 'golden/worker' names no registry", spec => spec with { Output = new ImageOutput { Repository = "golden/worker" } } },
        {
            "spec.output.repository: and spec.output.volume exclude each other",
            spec => spec with
            {
                Output = new ImageOutput { Format = ImageFormat.Tar, Repository = "r.example.com/a", Volume = new ImageVolume { ClaimName = "c" } },
            }
        },
        {
            "spec.output.volume: is for formats Tar and RawDisk",
            spec => spec with { Output = new ImageOutput { Volume = new ImageVolume { ClaimName = "c" } } }
        },
        {
            "spec.output.volume.path: must be relative",
            spec => spec with { Output = new ImageOutput { Format = ImageFormat.Tar, Volume = new ImageVolume { ClaimName = "c", Path = "../etc" } } }
        },
        { "spec.output.tagTemplate: must contain {digest} or {time}", spec => spec with { Output = spec.Output with { TagTemplate = "{date}" } } },
        { "spec.output.tagTemplate: '{digest} {user}' makes no tag", spec => spec with { Output = spec.Output with { TagTemplate = "{digest} {user}" } } },
        { "spec.output.currentTag: 'a b' is not a tag", spec => spec with { Output = spec.Output with { CurrentTag = "a b" } } },
        { "spec.triggers.schedule.cron: ", spec => spec with { Triggers = new ImageTriggers { Schedule = new ImageSchedule { Cron = "61 * * * *" } } } },
        {
            "spec.triggers.schedule.timeZone: \"Mars\" is not a known IANA time zone",
            spec => spec with { Triggers = new ImageTriggers { Schedule = new ImageSchedule { Cron = "0 3 * * *", TimeZone = "Mars" } } }
        },
        { "spec.triggers.windows[0]: there is no PatchWindow 'nightly'", spec => spec with { Triggers = new ImageTriggers { Windows = ["nightly"] } } },
        { "spec.triggers.maxAge: must be 1h at least", spec => spec with { Triggers = new ImageTriggers { MaxAge = "1m" } } },
        { "spec.tests[0].command: must name a program", spec => spec with { Tests = [new ImageTest { Name = "boots" }] } },
        {
            "spec.tests: names 'boots' more than once",
            spec => spec with { Tests = [new ImageTest { Name = "boots", Command = ["a"] }, new ImageTest { Name = "boots", Command = ["b"] }] }
        },
        { "spec.promotion.soak: 'soon' is not a duration", spec => spec with { Promotion = new ImagePromotion { Soak = "soon" } } },
        {
            "spec.nodes.identifyBy: must have exactly one of",
            spec => spec with { Nodes = new ImageNodes { Selector = new V1LabelSelector(), IdentifyBy = new ImageIdentity { Label = "a", OsImage = true } } }
        },
        { "spec.nodes.selector: must be given", spec => spec with { Nodes = new ImageNodes { IdentifyBy = new ImageIdentity { OsImage = true } } } },
        { "spec.revoked[0]: 'v1' is not a digest", spec => spec with { Revoked = ["v1"] } },
    };

    private const string AKey = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ\n-----END PGP PUBLIC KEY BLOCK-----\n";

    private static ImageRepository AlmaLinux { get; } = new() { Id = "baseos", BaseUrl = "https://repo.almalinux.org/almalinux/9/BaseOS/$basearch/os/" };

    private static ImageRecipe OfRpms { get; } = new() { Packages = new ImagePackages { Install = ["zypper"] } };

    [Fact]
    public void Signed_repositories_make_an_image_and_so_do_unsigned_ones_that_say_so()
    {
        Assert.Empty(Errors(spec => ByZypper(spec, Repositories(AlmaLinux))));
        Assert.Empty(Errors(spec => ByZypper(spec, Repositories(AlmaLinux with { GpgCheck = false }) with { GpgKeys = null })));
        Assert.Empty(Errors(spec => spec with { Source = Repositories(AlmaLinux), Builder = new ImageBuilder { Type = ImageBuilderType.Custom, Image = "b" } }));
    }

    [Theory, MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_by_its_field(string message, Func<ImageBaselineSpec, ImageBaselineSpec> mistake)
    {
        var errors = BaselineValidation.Validate(ABaseline(mistake), new Dictionary<string, WindowCalendar?>());

        Assert.StartsWith(message, Assert.Single(errors).ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("deb http://deb.debian.org/debian bookworm main")]
    [InlineData("deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] https://mirror.example.com/debian bookworm main contrib")]
    [InlineData("deb [trusted=yes] http://mirror.example.com:8080/debian bookworm")]
    public void Lines_of_sources_list_are_mirrors(string line) =>
        Assert.Empty(
            BaselineValidation.Validate(ABaseline(spec => spec with { Source = new ImageSource { Suite = "bookworm", Mirrors = [line] } }), new Dictionary<string, WindowCalendar?>()));

    [Theory]
    [InlineData("libstdc++6")]
    [InlineData("libc6:i386")]
    [InlineData("NetworkManager")]
    [InlineData("perl-Class_Accessor.noarch")]
    public void Packages_are_named_as_dpkg_and_rpm_name_them(string name) =>
        Assert.Empty(
            BaselineValidation.Validate(
                ABaseline(spec => spec with { Recipe = new ImageRecipe { Packages = new ImagePackages { Install = [name] } } }), new Dictionary<string, WindowCalendar?>()));

    private static IReadOnlyList<SpecError> Errors(Func<ImageBaselineSpec, ImageBaselineSpec> change) =>
        BaselineValidation.Validate(ABaseline(change), new Dictionary<string, WindowCalendar?>());

    private static ImageSource Repositories(params ImageRepository[] repositories) =>
        new() { Type = ImageSourceType.Repository, Repositories = [.. repositories], GpgKeys = AKey };

    private static ImageBaselineSpec ByZypper(ImageBaselineSpec spec, ImageSource source) =>
        spec with { Source = source, Recipe = OfRpms, Builder = new ImageBuilder { Type = ImageBuilderType.Zypper } };
}
