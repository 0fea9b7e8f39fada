using PatchOperator.EndToEnd.Tests.Objects;
using PatchOperator.EndToEnd.Tests.Watching;

namespace PatchOperator.EndToEnd.Tests.Clusters;

/// <summary>What stories do with a kubectl.</summary>
internal static class KubectlExtensions
{
    /// <summary>Applies objects as people do: this also tells whether applying the same again changes anything.</summary>
    public static async Task ApplyAsync(this Kubectl kubectl, params IManifest[] manifests)
    {
        foreach (var json in manifests.SelectMany(manifest => manifest.Objects).Select(Json.Write))
            (await kubectl.TryAsync(["apply", "--filename=-"], json)).Succeeded();
    }

    /// <summary>Makes a PatchRun, as people do who ask for one.</summary>
    public static async Task CreateRunAsync(this Kubectl kubectl, string name, object spec) => (await kubectl.TryAsync(
        ["create", "--filename=-"],
        Json.Write(new { ApiVersion = "patchoperator.io/v1alpha1", Kind = "PatchRun", Metadata = new { Name = name }, Spec = spec }))).Succeeded();

    /// <summary>A watch of all objects of a kind that has seen all there are now. Dispose it to end it.</summary>
    public static Task<Watched> WatchAsync(this Kubectl kubectl, string kind, params string[] arguments) =>
        Watched.StartAsync(kubectl, ["get", kind, "--output=json", .. arguments]);
}
