using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using PatchOperator.Testing.Audit;

namespace PatchOperator.Fleet.Scale;

/// <summary>All figures of a run: as Markdown for people, as JSON for comparisons.</summary>
internal sealed record ScaleReport
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    public required int Nodes { get; init; }

    /// <summary>By what the delays of the pretended nodes were divided.</summary>
    public required double Speed { get; init; }

    /// <summary>From the start of the process until it led, had listed everything, and said that it is ready.</summary>
    public double ReadySeconds { get; init; }

    public required List<Phase> Phases { get; init; }

    public required List<Rollout> Rollouts { get; init; }

    public required List<Takeover> Takeovers { get; init; }

    /// <summary>After the first rollout.</summary>
    public required List<ObjectSize> Sizes { get; init; }

    public required int Jobs { get; init; }

    public required int JobsMadeTwice { get; init; }

    public required int NodesLeftCordoned { get; init; }

    /// <summary>Why the run is not good; empty when it is.</summary>
    public required List<string> Failures { get; init; }

    public string Json() => JsonSerializer.Serialize(this, Indented);

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder();
        Line($"\n{Nodes} nodes, speed {Speed}; ready after {ReadySeconds:0.0} s\n");
        Line($"| phase | s | CPU s | resident MiB | peak MiB | Jobs at once | requests | of these writes | a node | etcd MiB | in use |");
        Line($"|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var phase in Phases)
        {
            var requests = phase.Requests.Values.Sum();
            var costs = FormattableString.Invariant(
                $"{requests} | {Writes(phase)} | {(double)requests / Nodes:0.0} | {phase.EtcdMiB:0.0} | {phase.EtcdInUseMiB:0.0} |");
            Line(
                $"| {phase.Name} | {phase.Seconds:0.0} | {phase.CpuSeconds:0.0} | {phase.ResidentMiB:0} | {phase.PeakMiB:0} | {phase.JobsAtOnce} | {costs}");
        }

        Line($"\n| rollout | s | floor s | ratio | turn p50 s | turn p99 s | patched | unfinished | writes a node without evictions and events |");
        Line($"|---|---|---|---|---|---|---|---|---|");
        foreach (var rollout in Rollouts)
        {
            var nodes = FormattableString.Invariant($"{rollout.Patched} | {rollout.Unfinished} | {rollout.OwnWritesPerNode:0.0} |");
            Line(
                $"| {rollout.Name} | {rollout.Seconds:0.0} | {rollout.FloorSeconds:0.0} | {rollout.Ratio:0.00} | {rollout.TurnP50:0.0} | {rollout.TurnP99:0.0} | {nodes}");
        }

        Line($"\n| leader | another has the lease after s | and writes after s | late writes |");
        Line($"|---|---|---|---|");
        foreach (var takeover in Takeovers)
            Line($"| {takeover.Leader} | {takeover.LeaseSeconds:0.0} | {takeover.FirstWriteSeconds:0.0} | {takeover.LateWrites} |");
        Line($"\nJobs {Jobs}, made twice {JobsMadeTwice}; nodes left cordoned {NodesLeftCordoned}\n");
        Requests(text);
        Line($"\n| objects | count | largest bytes | mean bytes |");
        Line($"|---|---|---|---|");
        foreach (var size in Sizes)
            Line($"| {size.Resource} | {size.Count} | {size.Largest} | {size.Mean:0} |");
        return text.ToString();

        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
    }

    // A row per verb and resource, a column per phase and per rollout's patched node.
    private void Requests(StringBuilder text)
    {
        var rollouts = Rollouts.Where(rollout => rollout.WritesPerNode.Count > 0).ToList();
        text.AppendLine(
            $"| requests | {string.Join(" | ", Phases.Select(phase => phase.Name))} | {string.Join(" | ", rollouts.Select(rollout => $"{rollout.Name}, a node"))} |");
        text.AppendLine(string.Concat(Enumerable.Repeat("|---", Phases.Count + rollouts.Count + 1)) + "|");
        foreach (var kind in Phases.SelectMany(phase => phase.Requests.Keys).Distinct().OrderBy(kind => kind.Split(' ')[1], StringComparer.Ordinal).ThenBy(kind => kind, StringComparer.Ordinal))
        {
            var counts = Phases.Select(phase => phase.Requests.TryGetValue(kind, out var count) ? count.ToString(CultureInfo.InvariantCulture) : "");
            var perNode = rollouts.Select(
                rollout => rollout.WritesPerNode.TryGetValue(kind, out var writes) ? writes.ToString("0.00", CultureInfo.InvariantCulture) : "");
            text.AppendLine($"| {kind} | {string.Join(" | ", counts)} | {string.Join(" | ", perNode)} |");
        }
    }

    private static int Writes(Phase phase) =>
        phase.Requests.Where(kind => new AuditEntry(default, kind.Key.Split(' ')[0], "", 0, IPAddress.None).IsWrite).Sum(kind => kind.Value);
}
