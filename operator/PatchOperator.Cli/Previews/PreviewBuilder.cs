using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.World;

namespace PatchOperator.Cli.Previews;

/// <summary>Makes of a forecast what is shown of a policy.</summary>
/// <param name="known">The cluster before anything was taken for granted.</param>
/// <param name="forecast">What would become of it.</param>
/// <param name="from">When it begins.</param>
internal sealed class PreviewBuilder(Snapshot known, Forecast forecast, DateTimeOffset from)
{
    public PolicyPreview Of(string name, TurnTime time)
    {
        var (policy, members) = (known.Policies[name]!.Policy, known.Fleet.Of(name).Members);
        var rollout = policy.Spec.Rollout;
        var (plans, atOnce) = (forecast.PlansOf(name).ToList(), Shares.Budget(rollout.MaxUnavailable, members.Count));
        // One that has more than one turn, as more was found than a plan takes, is told of once.
        var planned = plans.SelectMany(plan => plan.Nodes).DistinctBy(node => node.Name).ToList();
        var others = members.Values.ExceptBy(planned.Select(node => node.Name), view => view.Node.Name);
        List<NodePreview> nodes =
        [
            .. planned.Select(node => Of(policy, members[node.Name], node.Wave)),
            .. others.Where(view => forecast.InNeed.Contains(view.Node.Name)).Select(view => Of(policy, view, wave: null)),
        ];
        var begin = nodes.Count(node => node.Turn?.StartsAt == from);
        return new PolicyPreview
        {
            Policy = name,
            Matched = members.Count,
            Now = begin > 0 ? $"{begin} nodes begin at once" : forecast.AtFirst[name],
            Approval = rollout.Approval.ToString(),
            AtOnce = atOnce,
            TimePerNode = Durations.Format(time.Time),
            TimePerNodeSource = time.Source,
            Assumed = [.. Assumptions.Of(policy.Spec, [.. members.Values.Where(view => view.Status?.LastScan is null)])],
            Waves = [.. plans.SelectMany(plan => plan.Waves ?? []).DistinctBy(wave => wave.Name).Select(wave => Of(wave, rollout, nodes, atOnce))],
            Nodes = nodes,
            Updates = [.. plans.SelectMany(plan => plan.Updates).Where(Assumptions.IsReal).Distinct()],
        };
    }

    private static WavePreview Of(PlanWave wave, PolicyRollout rollout, List<NodePreview> nodes, int atOnce)
    {
        var ofWave = nodes.Where(node => node.Wave == wave.Name).ToList();
        return new WavePreview(
            wave.Name,
            ofWave.Count,
            Math.Min(atOnce, wave.MaxUnavailable is { } most ? Shares.Budget(most, ofWave.Count) : ofWave.Count),
            (rollout.Waves.FirstOrDefault(asked => asked.Name == wave.Name)?.Approval ?? ApprovalMode.Automatic).ToString(),
            wave.Soak,
            [.. ofWave.Select(node => node.Turn).OfType<Turn>()]);
    }

    private NodePreview Of(PatchPolicy policy, NodeView view, string? wave)
    {
        var (node, turn) = (view.Node, forecast.Turns.GetValueOrDefault(view.Node.Name));
        var window = turn?.Window ?? policy.Spec.Windows.FirstOrDefault();
        var zone = window is null ? null : known.Windows[window]?.Calendar?.ZoneOf(node.Place);
        var place = node.DomainOf(policy.Spec.Rollout.TopologyKey ?? "topology.kubernetes.io/zone");
        string?[] notes =
        [
            view.HoldsSlot ? "has a turn now" : null,
            node.Leaving ? "is being removed" : null,
            node.Ready ? null : "not Ready",
            node is { Unschedulable: true, CordonedBy: null } ? "cordoned by a person, and stays so" : null,
            zone?.Problem,
        ];
        var note = string.Join("; ", notes.OfType<string>()) is { Length: > 0 } said ? said : turn is null ? forecast.AtLast[policy.Metadata.Name] : null;
        return new NodePreview(node.Name, wave, place.Length > 0 ? place : null, zone?.Name, turn, note);
    }
}
