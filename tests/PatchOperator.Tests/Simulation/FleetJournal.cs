using System.Globalization;
using PatchOperator.Api;

namespace PatchOperator.Tests.Simulation;

/// <summary>What happened to a fleet that is too large for a line a node: how many of each zone began, and ended, in each hour; and what its run went through.</summary>
internal sealed class FleetJournal
{
    private readonly SimulatedCluster cluster;
    private readonly SortedDictionary<(DateTimeOffset Hour, string Zone), (int Begun, int Succeeded)> hours = [];

    public FleetJournal(SimulatedCluster cluster)
    {
        this.cluster = cluster;
        cluster.Store.Changed += Follow;
    }

    /// <summary>All of it, in order.</summary>
    public List<string> Lines => [.. Foreseen, .. Happened()];

    private List<string> Foreseen { get; } = [];

    /// <summary>Takes down what the window's status says is to come.</summary>
    public void Foresee()
    {
        foreach (var zone in cluster.Store.Find<PatchWindow>("nightly")!.Status.Zones)
            Foreseen.Add($"{Write(cluster.Now)}  {"PatchWindow nightly",-26}  {zone.TimeZone}: {zone.Nodes} nodes, opens {Write(zone.OpensAt!.Value)}, closes {Write(zone.ClosesAt!.Value)}");
    }

    // What the run went through comes before what is summed up of the hour.
    private IEnumerable<string> Happened()
    {
        var ofRuns = cluster.Journal.Lines
            .Where(line => line.Contains("  PatchRun ", StringComparison.Ordinal) && (line.EndsWith("  made", StringComparison.Ordinal) || line.Contains(" -> ", StringComparison.Ordinal)
                || line.Contains("  Wave ", StringComparison.Ordinal) || line.Contains("  Running: ", StringComparison.Ordinal)))
            .Select((line, index) => (Key: $"{DayOf(line)} {line[4..9]}", Order: index, Line: line));
        var ofZones = hours.Select((hour, index) => (
            Key: $"{DayOf(Write(hour.Key.Hour))} {hour.Key.Hour:HH}:59+", Order: index,
            Line: $"{Write(hour.Key.Hour)}-{hour.Key.Hour:HH}:59  {hour.Key.Zone,-23}  {hour.Value.Begun} nodes begun, {hour.Value.Succeeded} succeeded"));
        return ofRuns.Concat(ofZones).OrderBy(line => line.Key, StringComparer.Ordinal).ThenBy(line => line.Order).Select(line => line.Line);
    }

    // Two days of November: Friday comes before Saturday, and Saturday before Sunday.
    private static int DayOf(string line) => Array.IndexOf(["Fri", "Sat", "Sun", "Mon"], line[..3]);

    private void Follow(Change change)
    {
        if (change is not { Object.Kind: NodePatch.KindName, After: { } after })
            return;
        var now = cluster.Now;
        var key = (new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero), cluster.Store.Find("Node", after.Name)!.Annotation(ApiGroup.TimeZoneAnnotation) ?? "none");
        var (begun, succeeded) = hours.GetValueOrDefault(key);
        var ended = after.As<NodePatch>().Status.LastOperation?.Result == OperationResult.Succeeded && change.Before?.As<NodePatch>().Status.LastOperation?.Result != OperationResult.Succeeded;
        var admitted = Invariants.Admitted(change) is not null;
        if (ended || admitted)
            hours[key] = (begun + (admitted ? 1 : 0), succeeded + (ended ? 1 : 0));
    }

    private static string Write(DateTimeOffset time) => time.ToString("ddd HH:mm", CultureInfo.InvariantCulture);
}
