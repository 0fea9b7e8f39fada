using System.Net;
using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Contract.Images;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Images;

public class RpmRootTests(RpmMirrors mirrors) : IClassFixture<RpmMirrors>
{
    private static readonly ImageRequestRecipe Base = new() { Install = [SystemRpm.Name] };

    [Theory]
    [InlineData(RpmImage.Dnf, ImageRequestFormat.Oci)]
    [InlineData(RpmImage.Dnf5, ImageRequestFormat.Tar)]
    [InlineData(RpmImage.Zypper, ImageRequestFormat.RawDisk)]
    public async Task An_image_from_packages_alone_is_the_same_to_the_bit_each_time(string manager, ImageRequestFormat format)
    {
        var recipe = new ImageRequestRecipe
        {
            Install = [SystemRpm.Name, "fix", "extra", "old"],
            Remove = ["old", "not-there"],
            Hold = ["lib"],
            Scripts = [new("identity", "echo golden >/etc/identity; rpm -q extra >/etc/built; rpm --eval %_dbpath >>/etc/built")],
        };
        using var workspace = new ImageWorkspaceFolder();
        using var again = new ImageWorkspaceFolder();
        (await workspace.RunAsync("build", mirrors.Request(manager, recipe, format))).Succeeded();
        (await again.RunAsync("build", mirrors.Request(manager, recipe, format))).Succeeded();

        using var root = new BuiltRoot(workspace, format);
        Assert.Equal(["base 1.0-1", "extra 1.0-1", "fix 1.1-1", "lib 1.0-1"], root.Rpms("base", "fix", "lib", "extra", "old", "weak"));
        Assert.Equal(("golden\n", $"extra-1.0-1.noarch\n{SystemRpm.DatabaseOf(manager)}\n"), (root.Read("etc/identity"), root.Read("etc/built")));
        Assert.All(["var/cache/dnf", "var/cache/libdnf5", "var/cache/zypp", "var/log/zypp", "dev", "run", "tmp", "mnt"], folder => Assert.Empty(root.Files(folder)));
        Assert.Equal(manager == RpmImage.Zypper, root.Files("usr/lib/sysimage/rpm").Any());
        Assert.False(root.Exists(".patch-operator-headers") || root.Exists("etc/resolv.conf"));
        Assert.Equal(workspace.Digest(), again.Digest());
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "etc/yum.repos.d", "enabled=1\ngpgcheck=0\n")]
    [InlineData(RpmImage.Dnf5, "etc/yum.repos.d", "enabled=1\ngpgcheck=0\n")]
    [InlineData(RpmImage.Zypper, "etc/zypp/repos.d", "enabled=1\ngpgcheck=0\nautorefresh=1\n")]
    public async Task It_has_its_repositories_alone_and_its_own_package_manager_sees_what_comes_out_there(string manager, string folder, string end)
    {
        var fix = AnRpm("fix", "1.1-1");
        using var mirror = new RpmMirror(manager, key: null, AnRpm("needed", "1.0-1"), AnRpm("fix", "1.0-1"));
        using var workspace = new ImageWorkspaceFolder();
        var request = mirror.Request(RpmMirrors.BuilderOf(manager), Base with { Install = [SystemRpm.Name, "fix"] });
        (await workspace.RunAsync("build", request)).Succeeded();
        (await workspace.RunAsync("scan", request)).Succeeded();
        var built = workspace.Findings;
        mirror.Offer(fix);
        mirror.Advise(RpmAdvisory.Security("TEST-2026:1", "Important", "CVE-2026-1", fix));
        (await workspace.RunAsync("scan", request with { Expected = [new("run-1", null, null, [new("fix", "1.1-1"), new("needed", "1.0-1")])] })).Succeeded();

        Assert.Equal((3, 0, 0, 0), (built.Packages, built.PendingTotal, built.Blocked, built.Incomplete));
        Assert.Equal((1, 1), (workspace.Findings.PendingSecurity, workspace.Findings.PendingTotal));
        Assert.Equal(["run-1 1 fix"], workspace.Findings.Expected.Select(run => $"{run.Run} {run.Missing} {string.Join(' ', run.Names)}"));
        using var root = new BuiltRoot(workspace, ImageRequestFormat.Tar);
        Assert.Equal($"[mirror]\nname=mirror\nbaseurl={mirror.Url}\n{end}", root.Read($"{folder}/mirror.repo"));
        Assert.Equal("", root.Read($"{folder}/vendor.repo"));
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Zypper)]
    public async Task What_is_signed_with_a_key_of_the_spec_is_installed_and_the_image_trusts_it(string manager)
    {
        using var key = new SigningKey();
        using var mirror = new RpmMirror(manager, key, AnRpm("needed", "1.0-1"));
        using var workspace = new ImageWorkspaceFolder();
        var request = mirror.Request(RpmMirrors.BuilderOf(manager), Base);
        (await workspace.RunAsync("build", request)).Succeeded();
        (await workspace.RunAsync("scan", request)).Succeeded();

        using var root = new BuiltRoot(workspace, ImageRequestFormat.Tar);
        Assert.Equal(key.Public, root.Read("etc/pki/rpm-gpg/RPM-GPG-KEY-image"));
        Assert.Contains(
            "gpgcheck=1\ngpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-image\n",
            root.Read($"etc/{(manager == RpmImage.Zypper ? "zypp/repos.d" : "yum.repos.d")}/mirror.repo"),
            StringComparison.Ordinal);
        Assert.Single(root.Rpms("gpg-pubkey"));
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "Public key for needed-1.0-1.noarch.rpm is not installed")]
    [InlineData(RpmImage.Zypper, "Signature verification failed for repomd.xml")]
    public async Task What_is_signed_with_another_key_is_refused(string manager, string problem)
    {
        using var key = new SigningKey();
        using var other = new SigningKey();
        using var mirror = new RpmMirror(manager: null, key, AnRpm("needed", "1.0-1"));
        var request = mirror.Request(RpmMirrors.BuilderOf(manager), Base with { Install = ["needed"] });
        var message = (await FailAsync(request with { Source = request.Source with { GpgKeys = other.Public } }))
            .Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Zypper)]
    public async Task What_only_looks_like_a_key_is_named_by_its_field(string manager)
    {
        var request = Empty.Request(RpmMirrors.BuilderOf(manager), Base);
        var keys = "-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nno key\n-----END PGP PUBLIC KEY BLOCK-----\n";
        var message = (await FailAsync(request with { Source = request.Source with { GpgKeys = keys } })).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.StartsWith("rpm does not take the keys of source.gpgKeys: ", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpmImage.Dnf, "nosuch", "Unable to find a match: nosuch")]
    [InlineData(RpmImage.Dnf, "broken", "a script of a package has failed: %pre")]
    [InlineData(RpmImage.Zypper, "nosuch", "'nosuch'")]
    [InlineData(RpmImage.Zypper, "broken", "the scriptlet %pre")]
    public async Task A_package_that_cannot_be_installed_is_the_fault_of_the_recipe(string manager, string package, string problem)
    {
        var message = (await FailAsync(mirrors.Request(manager, Base with { Install = [package] }))).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.StartsWith("the packages of recipe.packages.install cannot be installed: ", message, StringComparison.Ordinal);
        Assert.Contains(problem, message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Zypper)]
    public async Task Without_its_own_package_manager_an_image_is_refused(string manager)
    {
        var message = (await FailAsync(Empty.Request(RpmMirrors.BuilderOf(manager), Base with { Install = ["needed"] })))
            .Failed(ImageExitCodes.BadRecipe, ImageReasons.UnsupportedSystem);

        Assert.StartsWith("recipe.packages.install does not have all that an image needs to be patched: ", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_system_of_another_package_manager_than_the_builders_is_refused()
    {
        var message = (await FailAsync(mirrors[RpmImage.Dnf].Request(ImageRequestBuilder.Zypper, Base))).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

        Assert.Equal("builder.type is Zypper, and what source.repositories has is a system of dnf's", message);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Zypper)]
    public async Task A_repository_that_is_not_there_is_the_fault_of_the_source(string manager)
    {
        var message = (await FailAsync(From(manager, $"{Empty.Server.Url}/nosuch/"))).Failed(ImageExitCodes.BadRecipe, ImageReasons.RecipeFailed);

        Assert.StartsWith("source.repositories: ", message, StringComparison.Ordinal);
        Assert.Contains($"{Empty.Server.Url}/nosuch/", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Zypper)]
    public async Task A_repository_that_does_not_answer_is_tried_again(string manager) =>
        (await FailAsync(From(manager, $"http://127.0.0.1:{FreePort.Find()}/"))).Failed(ImageExitCodes.TryAgain, ImageReasons.RepositoryUnavailable);

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Zypper)]
    public async Task A_repository_that_is_out_of_order_is_tried_again(string manager)
    {
        using var mirror = new RpmMirror(manager: null, key: null);
        mirror.Server.Answer = HttpStatusCode.ServiceUnavailable;
        (await FailAsync(mirror.Request(RpmMirrors.BuilderOf(manager), Base))).Failed(ImageExitCodes.TryAgain, ImageReasons.RepositoryUnavailable);
    }

    [Theory]
    [InlineData(RpmImage.Dnf)]
    [InlineData(RpmImage.Zypper)]
    public async Task A_full_disk_is_tried_again(string manager)
    {
        using var workspace = new ImageWorkspaceFolder(size: "150M");
        (await workspace.RunAsync("build", mirrors.Request(manager, Base))).Failed(ImageExitCodes.TryAgain, ImageReasons.DiskFull);
    }

    private RpmMirror Empty => mirrors.WithoutSystem;

    private static async Task<ImageOutcome> FailAsync(ImageRequest request)
    {
        using var workspace = new ImageWorkspaceFolder();
        var outcome = await workspace.RunAsync("build", request);
        Assert.Empty(Directory.EnumerateFileSystemEntries(workspace.Folder));
        return outcome;
    }

    private ImageRequest From(string manager, string url)
    {
        var request = Empty.Request(RpmMirrors.BuilderOf(manager), Base);
        return request with { Source = request.Source with { Repositories = [new("mirror", url, GpgCheck: false)] } };
    }
}
