using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Files;

/// <summary>PatchWindows and PatchPolicies out of files, read by the engine: each takes the place of the cluster's own of that name.</summary>
/// <param name="cluster">What there is besides.</param>
/// <param name="now">When what is new is taken to have been made, in UTC.</param>
internal sealed class SpecFiles(Snapshot cluster, DateTimeOffset now)
{
    private readonly List<Mistake> mistakes = [];
    private readonly HashSet<(string Kind, string Name)> seen = [];
    private Snapshot cluster = cluster;

    /// <summary>Whether an object is of one of our kinds.</summary>
    public static bool Is<TKind>(Manifest manifest) => manifest.Kind == typeof(TKind).Name && manifest.ApiVersion == ApiGroup.GroupVersion;

    /// <summary>Takes the windows of files.</summary>
    public SpecFiles Windows(IEnumerable<Manifest> manifests)
    {
        foreach (var manifest in manifests.Where(Is<PatchWindow>))
            Read(manifest, () =>
            {
                var metadata = Metadata(manifest, cluster.Windows[manifest.Name]?.Window);
                cluster = cluster.WithWindow(manifest.Name, new PatchWindow { Metadata = metadata, Spec = manifest.Spec<PatchWindowSpec>() });
                return cluster.Windows[manifest.Name]!.Errors;
            });
        return this;
    }

    /// <summary>Takes the policies of files, which may name windows of them.</summary>
    public SpecFiles Policies(IEnumerable<Manifest> manifests)
    {
        foreach (var manifest in manifests.Where(Is<PatchPolicy>))
            Read(manifest, () =>
            {
                var metadata = Metadata(manifest, cluster.Policies[manifest.Name]?.Policy);
                cluster = cluster.WithPolicy(manifest.Name, new PatchPolicy { Metadata = metadata, Spec = manifest.Spec<PatchPolicySpec>() });
                return cluster.Policies[manifest.Name]!.Terms.Errors;
            });
        return this;
    }

    /// <summary>The cluster with all of them.</summary>
    /// <exception cref="MistakeException">Something is wrong in one of them.</exception>
    public Snapshot Read() => mistakes.Count > 0 ? throw new MistakeException(mistakes) : cluster;

    private void Read(Manifest manifest, Func<IReadOnlyList<Engine.SpecError>> read)
    {
        if (!seen.Add((manifest.Kind, manifest.Name)))
            mistakes.Add(manifest.At("metadata.name", $"there is another {manifest.Kind} of that name"));
        try
        {
            mistakes.AddRange(read().Select(error => manifest.At(error.Field, error.Message)));
        }
        catch (MistakeException exception)
        {
            mistakes.AddRange(exception.Mistakes);
        }
    }

    // What is there already is edited, and stays as old as it is.
    private V1ObjectMeta Metadata(Manifest manifest, k8s.IKubernetesObject<V1ObjectMeta>? before) => new()
    {
        Name = manifest.Name,
        Uid = before?.Metadata.Uid ?? $"{manifest.Kind}/{manifest.Name}",
        Generation = (before?.Metadata.Generation ?? 0) + 1,
        CreationTimestamp = before?.Metadata.CreationTimestamp ?? now.UtcDateTime,
        Labels = manifest.Texts("metadata", "labels"),
        Annotations = manifest.Texts("metadata", "annotations"),
    };
}
