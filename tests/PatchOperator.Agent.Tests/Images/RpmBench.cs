using PatchOperator.Agent.Tests.Rpm;
using PatchOperator.Agent.Tests.Running;
using PatchOperator.Contract.Images;
using static PatchOperator.Agent.Tests.Rpm.RpmPackage;

namespace PatchOperator.Agent.Tests.Images;

/// <summary>
/// What builds from rpm base images need, made once for all tests of a class: for each manager a base image in a registry, with <c>fix</c>, of which its
/// repository has a security update, <c>lib</c>, of which it has a plain one, and <c>old</c>.
/// </summary>
public sealed class RpmBench : IDisposable
{
    private readonly TestRegistry registry = TestRegistry.Start();
    private readonly Dictionary<string, string> references = [];
    private readonly object making = new();

    internal ImageRequest FromBase(string manager, ImageRequestRecipe recipe, ImageRequestFormat format = ImageRequestFormat.Tar) => new()
    {
        Baseline = "worker",
        SourceDateEpoch = 1_700_000_000,
        Builder = ImageRequestBuilder.Buildah,
        Source = new() { Image = Reference(manager), Insecure = true },
        Recipe = recipe,
        Output = new() { Format = format },
    };

    public void Dispose() => registry.Dispose();

    private string Reference(string manager)
    {
        lock (making)
        {
            if (!references.TryGetValue(manager, out var reference))
                references[manager] = reference = Push(manager);
            return reference;
        }
    }

    private string Push(string manager)
    {
        var fix = AnRpm("fix", "1.1-1");
        using var host = RpmImage.Host(manager);
        host.Offer(AnRpm("fix", "1.0-1"), AnRpm("lib", "1.0-1"), AnRpm("old", "1.0-1")).Install("fix", "lib", "old");
        host.Offer(fix, AnRpm("lib", "1.1-1"), AnRpm("extra", "1.0-1").Requires("lib").WithField("Recommends", "weak"), AnRpm("weak", "1.0-1"), AnRpm("broken", "1.0-1").WithScript("pre", "exit 3"))
            .Advise(RpmAdvisory.Security("TEST-2026:1", "Important", "CVE-2026-1", fix));
        using var workspace = TarImage.Of(host.Root);
        var (tar, layout) = (workspace.PathOf(ImageWorkspace.Tar), workspace.PathOf("layout"));
        Shell.Run("umoci", "init", "--layout", layout);
        Shell.Run("umoci", "new", "--image", $"{layout}:base");
        Shell.Run("umoci", "raw", "add-layer", "--image", $"{layout}:base", tar);
        var reference = $"{registry.Address}/{manager}:1";
        Skopeo.Run("copy", "--quiet", "--dest-tls-verify=false", $"oci:{layout}:base", $"docker://{reference}");
        return reference;
    }
}
