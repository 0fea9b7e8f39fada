using System.Text.Json.Nodes;
using k8s;
using PatchOperator.Api;
using PatchOperator.Fleet.Kubelet;
using PatchOperator.Testing.Audit;

namespace PatchOperator.Fleet.Scale;

/// <summary>The phases of a measurement, one after the other, on a cluster of its own.</summary>
internal sealed class ScaleRun : IAsyncDisposable
{
    /// <summary>Where the operator and its lease are.</summary>
    public const string OperatorNamespace = "patch-operator-system";
    /// <summary>Whose rights it has.</summary>
    public const string ServiceAccount = "patch-operator";

    private const string JobNamespace = "patch-operator-jobs";
    private const string Own = $"/apis/{ApiGroup.GroupVersion}";
    private const string Policy = $"{Own}/patchpolicies/fleet";

    // Until nothing is about to happen any more.
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly ScaleOptions options;
    private readonly BareCluster cluster;
    private readonly LogServer logs;
    private readonly TimeProvider clock;
    private readonly List<FakeNode> nodes;
    private readonly PretendedAgent agent;
    private readonly Workload workload;
    private readonly FakeKubelet kubelet;
    private readonly Observer observer;
    private readonly ClusterSizes sizes;
    private readonly List<OperatorProcess> replicas = [];
    private readonly List<Phase> phases = [];
    private readonly List<Rollout> rollouts = [];
    private readonly Faults faults;
    private List<ObjectSize> objects = [];
    private double ready;

    private ScaleRun(ScaleOptions options, BareCluster cluster, LogServer logs, TimeProvider clock)
    {
        (this.options, this.cluster, this.logs, this.clock) = (options, cluster, logs, clock);
        nodes = [.. Enumerable.Range(0, options.Nodes).Select(number => new FakeNode(number))];
        agent = new PretendedAgent(options.Pending);
        workload = new Workload(cluster.Api);
        kubelet = new FakeKubelet(cluster.Api, logs, nodes, agent, workload, options.Delays, clock);
        observer = new Observer(cluster.Api, JobNamespace, clock);
        sizes = new ClusterSizes(cluster, JobNamespace);
        faults = new Faults(cluster, Replica, clock);
    }

    /// <summary>All of it. A phase that does not end in time is a failure in the report, and the last one.</summary>
    public static async Task<ScaleReport> MeasureAsync(ScaleOptions options, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var cluster = await BareCluster.StartAsync("scale", controllers: true);
        await using var logs = await LogServer.StartAsync(cluster.Pki);
        await using var run = new ScaleRun(options, cluster, logs, clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var background = Task.CompletedTask;
        var failures = new List<string>();
        try
        {
            await cluster.ApplyAsync(Path.Combine(options.Source, "config/default"));
            await run.CreateFleetAsync(end.Token);
            background = Task.WhenAny(run.kubelet.RunAsync(options.Heartbeat, end.Token), run.observer.RunAsync(end.Token)).Unwrap();
            await run.PhasesAsync(background, end.Token);
        }
        catch (Exception exception) when (exception is TimeoutException or HttpRequestException)
        {
            failures.Add(exception.Message);
        }

        // With them end their watches, which only then are in the audit log.
        await run.DisposeAsync();
        await end.CancelAsync();
        await background.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        cancellationToken.ThrowIfCancellationRequested();
        return run.Report(failures);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in replicas)
            await replica.DisposeAsync();
        replicas.Clear();
        await faults.DisposeAsync();
    }

    private async Task CreateFleetAsync(CancellationToken cancellationToken)
    {
        Say($"{options.Nodes} nodes");
        await Parallel.ForEachAsync(
            nodes,
            new ParallelOptions { MaxDegreeOfParallelism = 32, CancellationToken = cancellationToken },
            async (node, token) => await cluster.Api.PostAsync("/api/v1/nodes", JsonNode.Parse(KubernetesJson.Serialize(FleetNodes.Node(node.Number, logs.Port)))!, token));
        await workload.CreateAsync(nodes, options.PodsPerNode, cancellationToken);
    }

    private async Task PhasesAsync(Task background, CancellationToken cancellationToken)
    {
        var kubeconfig = await cluster.KubeconfigOfAsync(OperatorNamespace, ServiceAccount, cluster.Api.Address, cancellationToken);
        await PhaseAsync("start", () => StartAsync(kubeconfig, cancellationToken), cancellationToken);
        await PhaseAsync("first scan", () => ScanAsync(background, cancellationToken), cancellationToken);
        // What the last scans brought about is written once more.
        await Task.Delay(Settling, clock, cancellationToken);
        await PhaseAsync("steady", () => Task.Delay(options.Steady, clock, cancellationToken), cancellationToken);
        Func<Task> begin = () => OpenWindowAsync(cancellationToken);
        if (options.Rollouts != RolloutChoice.Faults)
            await RolloutAsync("rollout", begin, () => UntilPatchedAsync(background, cancellationToken), cancellationToken);
        if (options.Rollouts == RolloutChoice.Both)
        {
            await PhaseAsync("second scan", () => RescanAsync(background, cancellationToken), cancellationToken);
            begin = () => Task.CompletedTask;
        }

        if (options.Rollouts != RolloutChoice.Plain)
            await RolloutAsync("rollout with faults", begin, () => PatchWithFaultsAsync(background, cancellationToken), cancellationToken);
        objects = await sizes.ObjectsAsync(cancellationToken);
    }

    private async Task StartAsync(string kubeconfig, CancellationToken cancellationToken)
    {
        var first = Replica(kubeconfig, "patch-operator-a");
        await first.UntilLeadingAsync(cancellationToken);
        ready = (await first.UntilReadyAsync(cancellationToken)).TotalSeconds;
        await Task.Delay(Settling, clock, cancellationToken);
    }

    // Without a window nothing is patched yet.
    private async Task ScanAsync(Task background, CancellationToken cancellationToken)
    {
        await cluster.Api.PostAsync($"{Own}/patchpolicies", Fleet("fleet"), cancellationToken);
        await UntilAsync(() => observer.Scanned(new HashSet<string>()) > 0, "no node was scanned", background, cancellationToken);
        // Of two that select a node the older one has it.
        for (var number = 1; number < options.Policies; number++)
            await cluster.Api.PostAsync($"{Own}/patchpolicies", Fleet($"fleet-{number}"), cancellationToken);
        await UntilAsync(() => observer.Scanned(new HashSet<string>()) == options.Nodes, "not every node was scanned", background, cancellationToken);

        JsonObject Fleet(string name) => new()
        {
            ["apiVersion"] = ApiGroup.GroupVersion,
            ["kind"] = "PatchPolicy",
            ["metadata"] = new JsonObject { ["name"] = name },
            ["spec"] = new JsonObject
            {
                ["nodeSelector"] = new JsonObject { ["matchLabels"] = new JsonObject { [FleetNodes.Label] = FleetNodes.Pool } },
                ["rollout"] = new JsonObject { ["maxUnavailable"] = "10%", ["minReadySeconds"] = (int)options.Delays.MinReady.TotalSeconds },
            },
        };
    }

    private async Task OpenWindowAsync(CancellationToken cancellationToken)
    {
        var window = new JsonObject
        {
            ["apiVersion"] = ApiGroup.GroupVersion,
            ["kind"] = "PatchWindow",
            ["metadata"] = new JsonObject { ["name"] = "always" },
            ["spec"] = new JsonObject { ["schedules"] = new JsonArray(new JsonObject { ["cron"] = "0 0 * * *" }), ["duration"] = "24h" },
        };
        await cluster.Api.PostAsync($"{Own}/patchwindows", window, cancellationToken);
        await cluster.Api.PatchAsync(Policy, new JsonObject { ["spec"] = new JsonObject { ["windows"] = new JsonArray("always") } }, cancellationToken);
    }

    // As the documentation says: a NodePatch that is deleted is made anew, and its node scanned at once.
    private async Task RescanAsync(Task background, CancellationToken cancellationToken)
    {
        agent.Release++;
        var former = observer.ScannedUids();
        await cluster.Api.DeleteAsync($"{Own}/nodepatches", cancellationToken);
        await UntilAsync(() => observer.Scanned(former) == options.Nodes, "not every node was scanned again", background, cancellationToken);
    }

    // One works, and one stands by: who was killed is started again, and the other two go on by themselves.
    private async Task PatchWithFaultsAsync(Task background, CancellationToken cancellationToken)
    {
        var before = kubelet.Patches;
        await faults.StandByAsync("patch-operator-b", cancellationToken);
        await UntilShareAsync(1);
        await faults.KillAsync(replicas[0], cancellationToken);
        await faults.StandByAsync("patch-operator-c", cancellationToken);
        await UntilShareAsync(2);
        await faults.FreezeAsync(cancellationToken);
        await UntilShareAsync(3);
        await faults.CutOffAsync(cancellationToken);
        await UntilPatchedAsync(background, cancellationToken);

        Task UntilShareAsync(int quarters) => UntilAsync(
            () => kubelet.Patches - before >= options.Nodes * quarters / 4, $"{quarters} quarters of the nodes were never patched", background, cancellationToken);
    }

    private OperatorProcess Replica(string kubeconfig, string name)
    {
        var replica = OperatorProcess.Start(options.Folder, kubeconfig, OperatorNamespace, name, options.MaxScans);
        replicas.Add(replica);
        return replica;
    }

    private async Task UntilPatchedAsync(Task background, CancellationToken cancellationToken)
    {
        await UntilAsync(() => kubelet.Unfinished == 0, "not every node was patched", background, cancellationToken);
        var compliant = false;
        for (var since = clock.GetTimestamp(); !compliant; await Task.Delay(Look, clock, cancellationToken))
        {
            compliant = Condition(await cluster.Api.GetAsync(Policy, cancellationToken), "Compliant") == "True";
            if (!compliant && clock.GetElapsedTime(since) > options.Limit)
                throw new TimeoutException("the policy never said that all its nodes are compliant");
        }
    }

    private async Task UntilAsync(Func<bool> condition, string otherwise, Task background, CancellationToken cancellationToken)
    {
        for (var since = clock.GetTimestamp(); !condition(); await Task.Delay(Look, clock, cancellationToken))
        {
            if (background.IsFaulted)
                await background;
            if (replicas.All(replica => !replica.Runs))
                throw new TimeoutException($"{otherwise}: the operator has ended");
            if (clock.GetElapsedTime(since) > options.Limit)
                throw new TimeoutException($"{otherwise} within {options.Limit.TotalMinutes} minutes");
            if (clock.GetElapsedTime(since) > Settling && Condition(await cluster.Api.GetAsync(Policy, cancellationToken), "Stalled") == "True")
                throw new TimeoutException($"{otherwise}: the policy has stalled");
        }
    }

    private static string? Condition(JsonNode? policy, string type) =>
        (string?)policy?["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => (string?)condition!["type"] == type)?["status"];

    private async Task RolloutAsync(string name, Func<Task> begin, Func<Task> end, CancellationToken cancellationToken)
    {
        var before = kubelet.Patches;
        observer.TakeTurns();
        try
        {
            await PhaseAsync(
                name,
                async () =>
                {
                    await begin();
                    await end();
                },
                cancellationToken);
        }
        finally
        {
            var turns = observer.TakeTurns();
            rollouts.Add(new Rollout
            {
                Name = name,
                Seconds = phases[^1].Seconds,
                FloorSeconds = Floor.Of(nodes, options.Slots, options.Delays, options.PodsPerNode > 0).TotalSeconds,
                Patched = kubelet.Patches - before,
                Unfinished = kubelet.Unfinished,
                TurnP50 = Percentile(turns, 0.50),
                TurnP99 = Percentile(turns, 0.99),
            });
        }
    }

    private static double Percentile(List<TimeSpan> sorted, double share) =>
        sorted.Count == 0 ? double.NaN : sorted[(int)Math.Ceiling(share * sorted.Count) - 1].TotalSeconds;

    private async Task PhaseAsync(string name, Func<Task> work, CancellationToken cancellationToken)
    {
        Say(name);
        observer.TakeMostActive();
        replicas.ForEach(replica => replica.ForgetPeak());
        var (from, cpu) = (clock.GetUtcNow(), replicas.Sum(replica => replica.CpuSeconds));
        try
        {
            await work();
        }
        finally
        {
            var to = clock.GetUtcNow();
            var etcd = await sizes.EtcdMiBAsync(cancellationToken);
            phases.Add(new Phase
            {
                Name = name,
                From = from,
                To = to,
                CpuSeconds = replicas.Sum(replica => replica.CpuSeconds) - cpu,
                ResidentMiB = replicas.Max(replica => replica.ResidentMiB),
                PeakMiB = replicas.Max(replica => replica.PeakMiB),
                JobsAtOnce = observer.TakeMostActive(),
                EtcdMiB = etcd.File,
                EtcdInUseMiB = etcd.InUse,
            });
        }
    }

    private ScaleReport Report(List<string> failures)
    {
        var audit = AuditLog.Read(Path.Combine(cluster.Folder, "logs"), $"system:serviceaccount:{OperatorNamespace}:{ServiceAccount}");
        if (kubelet.Patches == 0)
            failures.Add("no node was patched");
        failures.AddRange(
            rollouts.Where(rollout => rollout.Unfinished > 0).Select(rollout => $"{rollout.Name}: {rollout.Unfinished} nodes were not patched, rebooted and "
                + "uncordoned at its end"));
        if (observer.JobsMadeTwice is { Count: > 0 } twice)
            failures.Add($"{twice.Count} Jobs were made twice: {string.Join(", ", twice.Take(10))}");
        if (kubelet.Cordoned > 0)
            failures.Add($"{kubelet.Cordoned} nodes were left cordoned");
        var takeovers = faults.Takeovers(audit);
        failures.AddRange(Faults.Failures(takeovers));
        failures.AddRange(kubelet.Problems.Take(10).Select(problem => $"the pretended kubelets: {problem}"));
        return new ScaleReport
        {
            Nodes = options.Nodes,
            Speed = options.Delays.Speed,
            ReadySeconds = ready,
            Phases = [.. phases.Select(phase => phase with { Requests = Within(phase, audit).CountBy(entry => entry.Kind).ToDictionary() })],
            Rollouts = [.. rollouts.Select(rollout => rollout with { WritesPerNode = WritesPerNode(rollout, audit) })],
            Takeovers = takeovers,
            Sizes = objects,
            Jobs = observer.Jobs,
            JobsMadeTwice = observer.JobsMadeTwice.Count,
            NodesLeftCordoned = kubelet.Cordoned,
            Failures = failures,
        };
    }

    private Dictionary<string, double> WritesPerNode(Rollout rollout, List<AuditEntry> audit) => Within(phases.Single(phase => phase.Name == rollout.Name), audit)
        .Where(entry => entry.IsWrite && !entry.IsOfLease)
        .CountBy(entry => entry.Kind)
        .ToDictionary(kind => kind.Key, kind => (double)kind.Value / Math.Max(1, rollout.Patched));

    private static IEnumerable<AuditEntry> Within(Phase phase, List<AuditEntry> audit) => audit.Where(entry => entry.At >= phase.From && entry.At < phase.To);

    // Of where it is; the figures go to standard output.
    private void Say(string what) => Console.Error.WriteLine($"{clock.GetUtcNow():HH:mm:ss} {what}");
}
