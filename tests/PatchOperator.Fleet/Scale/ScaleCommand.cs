using System.CommandLine;
using PatchOperator.Fleet.Kubelet;

namespace PatchOperator.Fleet.Scale;

/// <summary>What the operator costs at size: see <c>make scale</c>.</summary>
internal static class ScaleCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "How many nodes the fleet has; 20 at least.", DefaultValueFactory = _ => 5000 };
        var source = new Option<string>("--source") { Description = "The sources of the operator: their config is applied.", Required = true };
        var speed = new Option<double>("--speed")
        {
            Description = "By what the delays of the nodes are divided: at 1 a scan takes 5 s, a patch 30 s, a reboot 20 s.",
            DefaultValueFactory = _ => 5,
        };
        var pending = new Option<int>("--pending") { Description = "Security updates pending on each node.", DefaultValueFactory = _ => 12 };
        var pods = new Option<int>("--pods") { Description = "Pods to evict on each node.", DefaultValueFactory = _ => 3 };
        var policies = new Option<int>("--policies") { Description = "Policies that select the whole fleet: the first has it.", DefaultValueFactory = _ => 1 };
        var scans = new Option<int?>("--max-scans") { Description = "How many nodes are scanned at once: an option of the operator, and its default unless given." };
        var heartbeat = new Option<int>("--heartbeat") { Description = "Seconds between two status writes of a node.", DefaultValueFactory = _ => 300 };
        var steady = new Option<int>("--steady") { Description = "Seconds for which the steady state is watched.", DefaultValueFactory = _ => 120 };
        var rollouts = new Option<RolloutChoice>("--rollouts") { Description = "Without faults (Plain), with them (Faults), or one of each, which takes twice as long." };
        var limit = new Option<int>("--limit") { Description = "Minutes that one phase may take.", DefaultValueFactory = _ => 60 };
        var json = new Option<string?>("--json") { Description = "The file for the figures in JSON." };
        var folder = new Argument<string>("FOLDER")
        {
            Description = "A published operator: the program patch-operator and a file, environment, of what its image sets.",
        };
        nodes.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 20)
                result.AddError("--nodes: 20 at least, for two slots.");
        });
        var command = new Command("scale", "A first scan, a steady state, a rollout, and one in which the leader is killed, frozen and cut off, with a fleet of pretended nodes.")
        {
            nodes, source, speed, pending, pods, policies, scans, heartbeat, steady, rollouts, limit, json, folder,
        };
        command.SetAction(async (parsed, token) =>
        {
            var report = await ScaleRun.MeasureAsync(
                new ScaleOptions
                {
                    Folder = parsed.GetRequiredValue(folder),
                    Source = parsed.GetRequiredValue(source),
                    Nodes = parsed.GetRequiredValue(nodes),
                    Delays = new Delays(parsed.GetRequiredValue(speed)),
                    Pending = parsed.GetRequiredValue(pending),
                    PodsPerNode = parsed.GetRequiredValue(pods),
                    Policies = parsed.GetRequiredValue(policies),
                    MaxScans = parsed.GetValue(scans),
                    Heartbeat = TimeSpan.FromSeconds(parsed.GetRequiredValue(heartbeat)),
                    Steady = TimeSpan.FromSeconds(parsed.GetRequiredValue(steady)),
                    Rollouts = parsed.GetValue(rollouts),
                    Limit = TimeSpan.FromMinutes(parsed.GetRequiredValue(limit)),
                },
                TimeProvider.System,
                token);
            Console.WriteLine(report);
            if (parsed.GetValue(json) is { } file)
                await File.WriteAllTextAsync(file, report.Json(), token);
            foreach (var failure in report.Failures)
                Console.Error.WriteLine($"scale: {failure}");
            return report.Failures.Count == 0 ? 0 : 1;
        });
        return command;
    }
}
