using PatchOperator.Engine.World;

namespace PatchOperator.Engine.Policies;

/// <summary>How long scans take.</summary>
internal static class ScanTimes
{
    // A guess until one is known: the package lists of a distribution are read within seconds, over a slow line within a minute.
    private static readonly TimeSpan Unknown = TimeSpan.FromSeconds(30);

    /// <summary>The mean over the nodes that have been scanned.</summary>
    public static TimeSpan Mean(IEnumerable<NodeView> nodes) =>
        nodes.Average(view => view.Status?.LastScan?.Seconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : Unknown;
}
