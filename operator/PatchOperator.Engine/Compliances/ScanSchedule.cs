using PatchOperator.Api;

namespace PatchOperator.Engine.Compliances;

/// <summary>When a node is scanned.</summary>
public static class ScanSchedule
{
    /// <summary>How long a scan that failed is not tried again.</summary>
    internal static readonly Backoff Retry = new(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1));

    private static readonly TimeSpan DetailsRetry = TimeSpan.FromMinutes(10);

    // A node that comes and goes is not scanned each time.
    private static readonly TimeSpan ReturnPause = TimeSpan.FromMinutes(10);

    /// <summary>
    /// When the next scan is due; null when one is due at once: before the first, after a reboot, when the node is back, when an emergency is asked for, and
    /// for as long as what was found out says nothing of the node since it has fallen behind.
    /// </summary>
    /// <param name="settings">The policy's.</param>
    /// <param name="status">What is known of the node.</param>
    /// <param name="uid">The node's UID, which spreads the scans of nodes that joined together.</param>
    /// <param name="bootId">The node's boot ID.</param>
    /// <param name="readySince">Since when it has been Ready.</param>
    /// <param name="since">A scan that began before is out of date, in UTC; null where each counts.</param>
    /// <param name="isStagingDue">Whether one is to download what is approved.</param>
    /// <param name="isListOutdated">Whether the policy asks for what the list of pending updates may lack.</param>
    public static DateTimeOffset? NextAt(
        ScanSettings settings, NodePatchStatus status, string uid, string bootId, DateTimeOffset? readySince, DateTimeOffset? since = null,
        bool isStagingDue = false, bool isListOutdated = false)
    {
        if (status.ScanFailure is { } failure && !(failure.At < since))
            return failure.At + Retry.After(failure.Count);
        if (status.LastScan is not { } scan || status.Node?.BootId != bootId || readySince > scan.Time + ReturnPause || IsOutdated(scan, status.Quarantine)
            || (since is not null && !(scan.StartedAt >= since)))
            return null;
        if (scan.DetailsUnavailable)
            return scan.Time + (since is null ? DetailsRetry : Retry.After(1));
        if (isListOutdated)
            return scan.Time;
        // After those that have waited for longer; and a mirror that says one thing and then another is not asked without a pause.
        if (isStagingDue)
            return scan is { StagedDigest: null, StagingFailure: null } ? scan.Time : scan.Time + DetailsRetry;
        return scan.Time + Spread(Durations.Parse(settings.Interval), uid);
    }

    /// <summary>A number that is the same for a UID everywhere and always, and as good as random.</summary>
    public static uint Scatter(string uid)
    {
        var hash = 17u;
        foreach (var character in uid)
            hash = hash * 31 + character;
        return hash;
    }

    // The very scan that found the node behind need not be made again.
    private static bool IsOutdated(NodeScan scan, NodeQuarantine? quarantine) =>
        quarantine is { ReleasedAt: null } && scan.Time != quarantine.Since && !(scan.StartedAt >= quarantine.Since);

    // Nodes that joined together must not ask the mirror together for ever: up to a tenth of the interval earlier, by UID.
    private static TimeSpan Spread(TimeSpan interval, string uid) => interval - interval * 0.1 * (Scatter(uid) % 1000 / 1000.0);
}
