using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Files;

/// <summary>PatchWindows out of files, read by the engine.</summary>
internal static class WindowFile
{
    /// <summary>A cluster with all of them.</summary>
    /// <exception cref="MistakeException">Something is wrong in one of them, or there is none.</exception>
    public static Snapshot Read(IEnumerable<Manifest> manifests)
    {
        var (snapshot, mistakes) = (Snapshot.Empty, new List<Mistake>());
        foreach (var manifest in manifests.Where(Is<PatchWindow>))
        {
            if (snapshot.Windows[manifest.Name] is not null)
                mistakes.Add(manifest.At("metadata.name", "there is another PatchWindow of that name"));
            try
            {
                var window = new PatchWindow
                {
                    Metadata = new V1ObjectMeta { Name = manifest.Name, Uid = manifest.Name },
                    Spec = manifest.Spec<PatchWindowSpec>(),
                };
                snapshot = snapshot.WithWindow(manifest.Name, window);
                mistakes.AddRange(snapshot.Windows[manifest.Name]!.Errors.Select(error => manifest.At(error.Field, error.Message)));
            }
            catch (MistakeException exception)
            {
                mistakes.AddRange(exception.Mistakes);
            }
        }

        return mistakes.Count > 0 ? throw new MistakeException(mistakes) : snapshot;
    }

    /// <summary>Whether an object is of one of our kinds.</summary>
    public static bool Is<TKind>(Manifest manifest) => manifest.Kind == typeof(TKind).Name && manifest.ApiVersion == ApiGroup.GroupVersion;
}
