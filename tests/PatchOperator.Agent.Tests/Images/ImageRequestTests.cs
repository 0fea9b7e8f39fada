using PatchOperator.Agent.Images.Running;
using PatchOperator.Contract.Images;

namespace PatchOperator.Agent.Tests.Images;

public class ImageRequestTests
{
    [Theory]
    [InlineData(null, "the environment variable PATCH_IMAGE_REQUEST is not set")]
    [InlineData("{", "PATCH_IMAGE_REQUEST is not a request in JSON")]
    [InlineData("{}", "baseline")]
    [InlineData("""{"baseline":"../x"}""", "baseline must be the name of an ImageBaseline, got \"../x\"")]
    [InlineData("""{"baseline":"x","mode":7}""", "mode must be one of Build, Scan")]
    [InlineData("""{"baseline":"x","builder":7}""", "builder must be one of Mmdebstrap, Buildah, Dnf, Zypper, Custom")]
    [InlineData("""{"baseline":"x","recipe":null}""", "recipe must be an object")]
    [InlineData("""{"baseline":"x","sourceDateEpoch":-1}""", "sourceDateEpoch must be seconds since 1970")]
    [InlineData("""{"baseline":"x","mode":"Scan","digest":"sha256:12","version":"1"}""", "digest must be sha256: and 64 hexadecimal digits")]
    [InlineData("""{"baseline":"x"}""", "source.suite must be set: Mmdebstrap builds from a suite")]
    [InlineData("""{"baseline":"x","builder":"Buildah"}""", "source.image must be set: Buildah builds from a base image")]
    [InlineData(
        """{"baseline":"x","builder":"Buildah","source":{"image":"--help"}}""", "source.image is not a reference to an image in a registry: \"--help\"")]
    [InlineData("""{"baseline":"x","source":{"suite":"a b"}}""", "source.suite is not the name of a suite: \"a b\"")]
    [InlineData(
        """{"baseline":"x","source":{"suite":"a","mirrors":["deb http://a a main","deb file:/etc a main"]}}""",
        "source.mirrors[1] must be a line of sources.list")]
    [InlineData(
        """{"baseline":"x","source":{"suite":"a","mirrors":["deb http://a a main\ndeb http://b b"]}}""", "source.mirrors[0] must be a line of sources.list")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"recipe":{"install":["ok","--allow-insecure"]}}""", "recipe.install[1] is not the name of a package")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"recipe":{"remove":null}}""", "recipe.remove must be a list")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"recipe":{"scripts":[{"name":"","run":"x"}]}}""", "recipe.scripts[0] has a name that is empty")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"tests":[{"name":"t","command":[],"timeoutSeconds":1}]}""", "tests[0] (t) needs a command")]
    [InlineData(
        """{"baseline":"x","source":{"suite":"a"},"tests":[{"name":"t","command":["x"],"timeoutSeconds":0}]}""",
        "tests[0] (t) must have timeoutSeconds between 1 and 86400")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"output":{"repository":"https://a/b"}}""", "output.repository: 'https://a/b' is no repository")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"output":{"tagTemplate":"{data}"}}""", "output.tagTemplate must make a tag")]
    [InlineData("""{"baseline":"x","builder":"Dnf"}""", "source.repositories must be set: Dnf builds from repositories")]
    [InlineData("""{"baseline":"x","builder":"Zypper","source":{"repositories":[{"id":"a","baseUrl":"http://a/"}]}}""", "recipe.install must be set")]
    [InlineData("""{"baseline":"x","builder":"Custom","source":{"repositories":[{"id":"a/b","baseUrl":"http://a/"}]}}""", "source.repositories[0] must have an id")]
    [InlineData("""{"baseline":"x","builder":"Custom","source":{"repositories":[{"id":"a","baseUrl":"file:///a"}]}}""", "source.repositories[0] must have an id")]
    [InlineData("""{"baseline":"x","builder":"Custom","source":{"repositories":[{"id":"a","baseUrl":"http://a/${releasever}/"}]}}""", "without $releasever")]
    [InlineData("""{"baseline":"x","builder":"Custom","source":{"gpgKeys":"a key"}}""", "source.gpgKeys is not a text with public keys in armour")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"expected":[{"run":"r","updates":[null]}]}""", "expected[0] updates[0] must have name and version")]
    [InlineData("""{"baseline":"x","source":{"suite":"a"},"known":[{"digest":"x","version":"1"}]}""", "known[0] must have a digest and a version")]
    public void A_bad_request_says_what_to_put_right(string? request, string problem)
    {
        var failure = Assert.Throws<ImageFailureException>(() => ImageRequestReader.Read(request));

        Assert.Equal(ImageReasons.InvalidRequest, failure.Result.Reason);
        Assert.Contains(problem, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "debian:12",
        "deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] https://user@mirror.example:8443/debian/ bookworm main contrib")]
    [InlineData(
        "registry.example:5000/golden/base_os@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "deb [ trusted=yes ] http://[::1]/x ./")]
    public void Ordinary_references_and_mirrors_are_taken(string image, string mirror)
    {
        var request = ImageRequestReader.Read($$$"""{"baseline":"worker.a","builder":"Buildah","source":{"image":"{{{image}}}","mirrors":["{{{mirror}}}"]}}""");

        Assert.Equal((image, mirror), (request.Source.Image, request.Source.Mirrors[0]));
    }

    [Fact]
    public async Task A_bad_request_ends_the_step_and_goes_to_the_termination_log()
    {
        using var workspace = new ImageWorkspaceFolder();
        var message = (await workspace.RunAsync("scan", "{")).Failed(ImageExitCodes.BadRecipe, ImageReasons.InvalidRequest);

        Assert.Contains("PATCH_IMAGE_REQUEST is not a request in JSON", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ImageReasons.Completed, ImageExitCodes.Done)]
    [InlineData(ImageReasons.InvalidRequest, ImageExitCodes.BadRecipe)]
    [InlineData(ImageReasons.RecipeFailed, ImageExitCodes.BadRecipe)]
    [InlineData(ImageReasons.RegistryDenied, ImageExitCodes.BadRecipe)]
    [InlineData(ImageReasons.ImageNotFound, ImageExitCodes.BadRecipe)]
    [InlineData(ImageReasons.RepositoryUnavailable, ImageExitCodes.TryAgain)]
    [InlineData(ImageReasons.RegistryUnavailable, ImageExitCodes.TryAgain)]
    [InlineData(ImageReasons.DiskFull, ImageExitCodes.TryAgain)]
    [InlineData(ImageReasons.TimedOut, ImageExitCodes.TryAgain)]
    [InlineData(ImageReasons.AgentFailed, ImageExitCodes.Fault)]
    public void The_reason_decides_whether_it_is_tried_again(string reason, int exitCode) => Assert.Equal(exitCode, ImageRun.ExitCode(reason));
}
