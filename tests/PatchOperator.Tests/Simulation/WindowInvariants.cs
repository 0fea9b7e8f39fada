using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.Calendars;

namespace PatchOperator.Tests.Simulation;

/// <summary>No node is admitted outside an open window of its own zone, within its cutoff, or in a blackout; judged by the specs as they are written.</summary>
internal sealed class WindowInvariants(ObjectStore store, TimeProvider time)
{
    // A freeze that somebody writes this very moment has not been heard of.
    private static readonly TimeSpan Hearing = TimeSpan.FromMinutes(2);

    private readonly Dictionary<(PatchWindowSpec Spec, string Zone), WindowCalendar?> calendars = [];

    public string? NothingIsAdmittedOutsideAWindow(Change change)
    {
        if (Invariants.Admitted(change) is not { } admitted || store.Find<PatchOperator.Resources.NodeResource>(admitted.Metadata.Name) is not { } node
            || store.Find<PatchPolicy>("workers") is not { } policy)
            return null;
        var windows = store.All<PatchWindow>().ToList();
        if (store.Find<PatchRun>(admitted.Spec.Operation!.Run) is { Spec.Window: null } run)
            return run.Spec.Emergency is { OverrideBlackouts: true } ? null : windows
                .Where(window => policy.Spec.Windows.Contains(window.Metadata.Name))
                .Select(window => Blackout(window, ZoneOf(window.Spec, node.Metadata), windows, policy))
                .FirstOrDefault(blackout => blackout is not null);
        var why = windows.Where(window => policy.Spec.Windows.Contains(window.Metadata.Name)).Select(window => WhyNot(window, ZoneOf(window.Spec, node.Metadata), windows, policy)).ToList();
        return why.Contains(null) ? null : $"{admitted.Metadata.Name} was admitted: {string.Join(", ", why)}";
    }

    private string? WhyNot(PatchWindow window, string zone, List<PatchWindow> windows, PatchPolicy policy)
    {
        var (now, cutoff) = (time.GetUtcNow(), Durations.Parse(window.Spec.Cutoff));
        if (Calendar(window.Spec, zone)?.At(now) is not { Current: { } opening } || now >= opening.ClosesAt - cutoff)
            return $"{window.Metadata.Name} takes no node in {zone}";
        foreach (var blackout in windows.Where(other => other.Spec.Effect == WindowEffect.Blackout && Selects(other, policy) && other.Metadata.CreationTimestamp + Hearing < now.UtcDateTime))
        {
            var state = Calendar(blackout.Spec, blackout.Spec.TimeZone)?.At(now);
            if (state is null or { IsOpen: true })
                return $"{blackout.Metadata.Name} lasts";
            if (state.Upcoming.Count > 0 && state.Upcoming[0].OpensAt is var begins && begins < opening.ClosesAt && now >= begins - cutoff)
                return $"{blackout.Metadata.Name} begins at {begins:O}";
        }

        return null;
    }

    // What goes by no window keeps to their blackouts: it is not open where all it has are its blackouts.
    private string? Blackout(PatchWindow window, string zone, List<PatchWindow> windows, PatchPolicy policy)
    {
        var now = time.GetUtcNow();
        var own = window.Spec.Blackouts.Count == 0 ? null : Calendar(window.Spec, zone)?.At(now).Blackout;
        var frozen = windows.FirstOrDefault(
            other => other.Spec.Effect == WindowEffect.Blackout && Selects(other, policy) && other.Metadata.CreationTimestamp + Hearing < now.UtcDateTime
                && Calendar(other.Spec, other.Spec.TimeZone)?.At(now) is null or { IsOpen: true });
        return own is not null ? $"{own.Words} in {window.Metadata.Name}" : frozen is not null ? $"{frozen.Metadata.Name} lasts" : null;
    }

    private static bool Selects(PatchWindow blackout, PatchPolicy policy) => blackout.Spec.PolicySelector?.MatchLabels is not { } labels
        || labels.All(label => policy.Metadata.Labels?.TryGetValue(label.Key, out var value) == true && value == label.Value);

    private static string ZoneOf(PatchWindowSpec window, k8s.Models.V1ObjectMeta node)
    {
        if (window.Timing == WindowTiming.Absolute)
            return window.TimeZone;
        if (node.Annotations?.TryGetValue(ApiGroup.TimeZoneAnnotation, out var annotation) == true)
            return annotation;
        string? Of(string label) => node.Labels?.TryGetValue($"topology.kubernetes.io/{label}", out var value) == true ? value : null;
        return window.ZoneMap.FirstOrDefault(place => place.TopologyZone is not null && place.TopologyZone == Of("zone"))?.TimeZone
            ?? window.ZoneMap.FirstOrDefault(place => place.TopologyRegion is not null && place.TopologyRegion == Of("region"))?.TimeZone
            ?? window.TimeZone;
    }

    private WindowCalendar? Calendar(PatchWindowSpec spec, string zone) => calendars.TryGetValue((spec, zone), out var calendar) ? calendar
        : calendars[(spec, zone)] = WindowCalendar.TryCreate(spec with { Timing = WindowTiming.Absolute, ZoneMap = [], TimeZone = zone }, out _);
}
