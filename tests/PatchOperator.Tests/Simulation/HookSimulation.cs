using k8s.Models;
using PatchOperator.Api;
using static PatchOperator.Tests.Simulation.Scenarios;

namespace PatchOperator.Tests.Simulation;

/// <summary>Rollouts with hooks, and with health checks that are Jobs, under random faults.</summary>
public class HookSimulation
{
    private const string NoAccount = "pods is forbidden: error looking up service account patch-operator-jobs/late: serviceaccount \"late\" not found";

    private static readonly JobTemplate Hook = new() { Image = "curl", Timeout = "5m" };
    private static readonly HookSettings All = new() { BeforeRun = Hook, BeforeDrain = Hook, AfterPatch = Hook, AfterUncordon = Hook, AfterRun = Hook };

    [Fact]
    public void Each_hook_runs_once_for_each_turn_and_for_each_run()
    {
        using var cluster = new SimulatedCluster(null, 3, policy => policy with { Hooks = All });
        Settles(cluster);

        var run = Assert.Single(cluster.Runs).Metadata.Name;
        string[] ofTurn = ["beforeDrain", "afterPatch", "afterUncordon"];
        Assert.Equal(
            [("beforeRun", run, null), .. cluster.Nodes.All.SelectMany(node => ofTurn.Select(hook => (hook, run, (string?)node.Name))), ("afterRun", run, null)],
            cluster.Hooks.Started);
        Assert.Equal(
            [("PATCH_HOOK", "afterRun"), ("PATCH_POLICY", "workers"), ("PATCH_RUN", run)],
            cluster.Hooks.Environment.Select(variable => (variable.Key, variable.Value)));
        cluster.Run(() => cluster.Store.All(V1Job.KubeKind).All(job => job.Label(ApiGroup.HookLabel) is null));
    }

    [Fact]
    public void Hooks_run_again_only_where_nobody_knows_how_they_ended() => ForEachSeed(
        (cluster, _) =>
        {
            Settles(cluster);
            cluster.Run(() => cluster.Store.All(V1Job.KubeKind).All(job => job.Label(ApiGroup.HookLabel) is null));
            // One is lost once at most.
            Assert.All(cluster.Hooks.Started.CountBy(hook => hook), hook => Assert.True(hook.Value <= 2, $"{hook.Key} ran {hook.Value} times"));
        },
        policy => policy with { Hooks = All });

    [Fact]
    public void While_the_hook_before_a_run_fails_no_node_is_touched() => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Hooks.Fail("beforeRun", "the ticket is not approved");
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted));
            Assert.Contains("hook beforeRun failed: hook beforeRun ended with exit code 3: the ticket is not approved. Mend it", cluster.Runs[0].Status.Message, StringComparison.Ordinal);
            cluster.Pass(TimeSpan.FromMinutes(random.Next(0, 60)));
            if (random.Next(2) == 0)
            {
                cluster.Stop();
                cluster.Start();
            }

            Assert.All(cluster.Nodes.All, node => Assert.Null(cluster.Patch(node)!.Spec.Operation));
            cluster.Hooks.Mend("beforeRun");
            // Nodes whose first scan takes too long have a run of their own.
            Settles(cluster, () => ResumeAll(cluster));
        },
        policy => policy with { Hooks = All });

    [Theory]
    [InlineData("beforeDrain")]
    [InlineData("afterPatch")]
    [InlineData("afterUncordon")]
    public void A_hook_that_fails_fails_the_turn_of_its_node_which_is_given_back(string hook) => ForEachSeed(
        (cluster, _) =>
        {
            var cordoned = 0;
            cluster.Store.Changed += change => cordoned += change is { Before.Kind: V1Node.KubeKind, After: { } after } && after.Annotation(ApiGroup.CordonedByAnnotation) is not null ? 1 : 0;
            cluster.Hooks.Fail(hook, "no\nfarewell: refused");
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted));
            var run = cluster.Runs.First(run => run.Status.Phase == RunPhase.Halted);
            var failure = run.Status.Failures[0];
            Assert.Equal((hook, Reasons.HookFailed), (System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(failure.Step.ToString()), failure.Reason));
            Assert.Equal($"hook {hook} ended with exit code 3: no / farewell: refused", failure.Message);
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsQuiet));
            Assert.All(cluster.Nodes.All, node => Assert.False(cluster.IsCordoned(node)));
            Assert.Equal(hook == "beforeDrain", cordoned == 0);
            cluster.Hooks.Mend(hook);
            cluster.Run(() =>
            {
                ResumeAll(cluster);
                return cluster.Nodes.All.All(cluster.IsSettled);
            });
        },
        policy => policy with { Hooks = All },
        story: $"{nameof(A_hook_that_fails_fails_the_turn_of_its_node_which_is_given_back)}-{hook}");

    [Fact]
    public void A_hook_that_hangs_is_ended_by_its_deadline() => ForEachSeed(
        (cluster, random) =>
        {
            var hook = new[] { "beforeDrain", "afterPatch", "afterUncordon", "beforeRun" }[random.Next(4)];
            cluster.Hooks.Hang(hook);
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted), TimeSpan.FromHours(2));
            Assert.Contains("took longer than it may", cluster.Runs.First(run => run.Status.Phase == RunPhase.Halted).Status.Message, StringComparison.Ordinal);
            cluster.Run(() => cluster.Nodes.All.All(cluster.IsQuiet));
            cluster.Hooks.Mend(hook);
            cluster.Run(() =>
            {
                ResumeAll(cluster);
                return cluster.Nodes.All.All(cluster.IsSettled);
            });
        },
        policy => policy with { Hooks = All });

    [Fact]
    public void A_hook_whose_pod_cannot_be_made_fails_with_the_reason_once_its_time_is_over() => ForEachSeed(
        (cluster, random) =>
        {
            var hook = new[] { "beforeDrain", "afterPatch", "afterUncordon", "beforeRun" }[random.Next(4)];
            cluster.Jobs.Refuses = job => job.Label(ApiGroup.HookLabel) == hook ? NoAccount : null;
            IEnumerable<string> Said() => cluster.Runs.Select(run => run.Status.Message).Concat(
                cluster.Nodes.All.SelectMany(node => cluster.Patch(node)?.Status.Conditions ?? []).Select(condition => condition.Message));
            cluster.Run(() => Said().Any(message => message.Contains($"is under way: Error creating: {NoAccount}", StringComparison.Ordinal)));
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Halted), TimeSpan.FromHours(2));
            Assert.Contains($"did not start in time: Error creating: {NoAccount}", cluster.Runs.First(run => run.Status.Phase == RunPhase.Halted).Status.Message, StringComparison.Ordinal);
            cluster.Run(() => cluster.Store.All(V1Job.KubeKind).All(job => job.Label(ApiGroup.HookLabel) != hook || job.Json["status"] is not null), TimeSpan.FromMinutes(10));
            cluster.Jobs.Refuses = _ => null;
            cluster.Run(() =>
            {
                ResumeAll(cluster);
                return cluster.Nodes.All.All(cluster.IsSettled);
            });
        },
        policy => policy with { Hooks = All });

    [Fact]
    public void A_run_ends_though_the_pod_of_its_last_hook_cannot_be_made() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Jobs.Refuses = job => job.Label(ApiGroup.HookLabel) == "afterRun" ? NoAccount : null;
            Settles(cluster);
            var run = cluster.Runs.First(run => run.Status.Progress!.Succeeded > 0 && run.Status.Phase == RunPhase.Succeeded);
            Assert.EndsWith($"did not start in time: Error creating: {NoAccount}", run.Status.Message, StringComparison.Ordinal);
            cluster.Run(() => cluster.Store.All(V1Job.KubeKind).All(job => job.Label(ApiGroup.HookLabel) is null), TimeSpan.FromMinutes(10));
        },
        policy => policy with { Hooks = All });

    [Fact]
    public void A_check_whose_pod_cannot_be_made_holds_nodes_back_and_is_asked_again() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Jobs.Refuses = job => job.Label(ApiGroup.HookLabel) == "api" ? NoAccount : null;
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Message.Contains($"check api cannot be evaluated: its Job has not started: Error creating: {NoAccount}", StringComparison.Ordinal)));
            var first = cluster.Store.All(V1Job.KubeKind).First(job => job.Label(ApiGroup.HookLabel) == "api").Uid;
            cluster.Run(() => cluster.Store.All(V1Job.KubeKind).Any(job => job.Label(ApiGroup.HookLabel) == "api" && job.Uid != first), TimeSpan.FromMinutes(30));
            Assert.All(cluster.Nodes.All, node => Assert.Null(cluster.Patch(node)!.Spec.Operation));
            cluster.Jobs.Refuses = _ => null;
            Settles(cluster);
        },
        policy => Checked(policy, CheckTime.BeforeNode));

    [Fact]
    public void A_hook_after_a_run_that_fails_is_told_and_changes_nothing_about_the_run() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Hooks.Fail("afterRun", "nobody listens");
            Settles(cluster);
            var run = cluster.Runs.First(run => run.Status.Progress!.Succeeded > 0 && run.Status.Phase == RunPhase.Succeeded);
            Assert.EndsWith("; hook afterRun failed: hook afterRun ended with exit code 3: nobody listens", run.Status.Message, StringComparison.Ordinal);
            Assert.Null(run.Status.Outcome);
            Assert.Contains(run.Status.Timeline, entry => entry.Event.StartsWith("Hook afterRun failed", StringComparison.Ordinal));
            Assert.Equal(RunHookState.Failed, run.Status.Hooks!.Single(hook => hook.Name == "afterRun").State);
        },
        policy => policy with { Hooks = All });

    [Theory]
    [InlineData("cancelled")]
    [InlineData("suspended")]
    [InlineData("policy deleted")]
    [InlineData("run deleted")]
    public void Whatever_happens_to_a_run_in_the_middle_of_its_hooks_nothing_is_left(string how) => ForEachSeed(
        (cluster, random) =>
        {
            var after = random.Next(1, 12);
            cluster.Run(() => cluster.Hooks.Started.Count >= after || cluster.Nodes.All.All(cluster.IsSettled));
            var run = cluster.Runs[^1].Metadata.Name;
            if (how == "cancelled")
                cluster.Say(cluster.Runs[^1], spec => spec["cancelled"] = true);
            else if (how == "suspended")
                cluster.Store.Edit(PatchPolicy.KindName, "workers", json => json["spec"]!["suspend"] = true);
            else if (how == "run deleted")
                cluster.Store.Delete(PatchRun.KindName, run);
            else
                cluster.Store.Delete(PatchPolicy.KindName, "workers");
            cluster.Run(
                () => cluster.Nodes.All.All(cluster.IsQuiet) && cluster.Store.Find<PatchRun>(run)?.Status.Phase is null or RunPhase.Cancelled or RunPhase.Superseded or RunPhase.Succeeded
                    && cluster.Store.All(V1Job.KubeKind).All(job => job.Label(ApiGroup.HookLabel) is null || job.Label(ApiGroup.RunLabel) != run),
                TimeSpan.FromHours(3));
            // What was begun is ended, where somebody is left who could.
            if (how is "cancelled" or "suspended" && cluster.Hooks.Started.Contains(("beforeRun", run, null)))
                Assert.Contains(("afterRun", run, null), cluster.Hooks.Started);
        },
        policy => policy with { Hooks = All },
        story: $"{nameof(Whatever_happens_to_a_run_in_the_middle_of_its_hooks_nothing_is_left)}-{how}");

    [Fact]
    public void Nothing_begins_before_the_Job_of_a_check_has_found_all_well() => ForEachSeed(
        (cluster, random) =>
        {
            cluster.Hooks.Fail("api", "503");
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Message.Contains("check api fails: its Job ended with exit code 3: 503", StringComparison.Ordinal)));
            var (asked, since) = (cluster.Hooks.Started.Count, cluster.Now);
            cluster.Run(() => cluster.Now > since + TimeSpan.FromMinutes(random.Next(10, 20)));
            // Every two minutes, and not more often.
            Assert.InRange(cluster.Hooks.Started.Count - asked, 2, 12);
            Assert.All(cluster.Nodes.All, node => Assert.Null(cluster.Patch(node)!.Spec.Operation));
            cluster.Hooks.Mend("api");
            Settles(cluster);
        },
        policy => Checked(policy, CheckTime.BeforeNode));

    [Fact]
    public void A_check_by_Job_that_fails_while_a_canary_soaks_halts_the_run() => ForEachSeed(
        (cluster, _) =>
        {
            cluster.Run(() => cluster.Runs.Any(run => run.Status.Phase == RunPhase.Soaking));
            var name = cluster.Runs.First(run => run.Status.Phase == RunPhase.Soaking).Metadata.Name;
            var turns = cluster.Nodes.All.Count(node => cluster.Patch(node)?.Status.LastOperation is not null);
            cluster.Hooks.Fail("api", "503");
            cluster.Run(() => cluster.Store.Find<PatchRun>(name)!.Status.Phase == RunPhase.Halted, TimeSpan.FromMinutes(20));
            Assert.Contains("soaked, check api fails: its Job ended with exit code 3: 503", cluster.Store.Find<PatchRun>(name)!.Status.Message, StringComparison.Ordinal);
            Assert.Equal(turns, cluster.Nodes.All.Count(node => cluster.Patch(node)?.Status.LastOperation is not null));
            cluster.Hooks.Mend("api");
            Settles(cluster, () => ResumeAll(cluster));
        },
        policy => Checked(policy, CheckTime.Soak) with { Rollout = policy.Rollout with { Waves = [new RolloutWave { Name = "canary", Size = 1, Soak = "30m" }] } },
        nodes: 5);

    private static PatchPolicySpec Checked(PatchPolicySpec policy, CheckTime time) =>
        policy with { HealthChecks = [new HealthCheck { Name = "api", Job = Hook, During = [time] }] };
}
