using PatchOperator.Agent.Tests.Hosts;
using PatchOperator.Contract.Images;
using static PatchOperator.Agent.Tests.Hosts.TestPackage;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>
/// What image builds need, made once for all tests of a class: a mirror where <c>fix</c> has a security update and <c>lib</c> a plain one, and a base image in
/// a registry, with the packages of the release alone.
/// </summary>
public sealed class ImageBench : IAsyncLifetime
{
    internal ImageArchive Archive { get; } = new ImageArchive()
        .Release(APackage("fix", "1.0"), APackage("lib", "1.0"), APackage("extra", "1.0").DependsOn("lib"), APackage("old", "1.0"))
        .Updates(APackage("lib", "1.1"))
        .Security(APackage("fix", "1.1"));

    internal TestRegistry Registry { get; } = TestRegistry.Start();

    /// <summary>Where the base image was built.</summary>
    internal ImageWorkspaceFolder Base { get; } = new();

    internal string BaseReference { get; private set; } = "";

    internal ImageRequest BaseRequest =>
        FromSuite(ImageRequestUpdates.None, ImageRequestFormat.Oci) with
        {
            Recipe = new() { Updates = ImageRequestUpdates.None, Install = ["fix", "lib", "old"] },
        };

    internal ImageRequest FromSuite(ImageRequestUpdates updates, ImageRequestFormat format) => new()
    {
        Baseline = "worker",
        SourceDateEpoch = 1_700_000_000,
        Builder = ImageRequestBuilder.Mmdebstrap,
        Source = new() { Suite = DebianMirror.Suite, Mirrors = Archive.Lines },
        Recipe = new() { Updates = updates },
        Output = new() { Format = format },
    };

    internal ImageRequest FromBase(ImageRequestRecipe recipe, ImageRequestFormat format = ImageRequestFormat.Tar) => new()
    {
        Baseline = "worker",
        SourceDateEpoch = 1_700_000_000,
        Builder = ImageRequestBuilder.Buildah,
        Source = new() { Image = BaseReference, Insecure = true },
        Recipe = recipe,
        Output = new() { Format = format },
    };

    public async Task InitializeAsync()
    {
        try
        {
            (await Base.RunAsync("build", BaseRequest)).Succeeded();
            BaseReference = $"{Registry.Address}/base:1";
            Skopeo.Run("copy", "--quiet", "--dest-tls-verify=false", $"oci:{Base.PathOf("image")}", $"docker://{BaseReference}");
        }
        catch
        {
            // Nobody else does for a fixture that could not be made.
            await DisposeAsync();
            throw;
        }
    }

    public Task DisposeAsync()
    {
        Base.Dispose();
        Registry.Dispose();
        Archive.Dispose();
        return Task.CompletedTask;
    }
}
