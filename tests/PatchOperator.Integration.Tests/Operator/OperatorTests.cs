using k8s;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;

namespace PatchOperator.Integration.Tests.Operator;

[Collection(OperatorCollection.Name)]
public class OperatorTests(OperatorFixture cluster)
{
    private static readonly AgentReport NothingPending = new()
    {
        Step = AgentStep.Scan,
        Result = AgentResult.Done,
        Reason = AgentReasons.Completed,
        Message = "scanned",
        Host = new HostFacts("Debian", "debian-12", "6.1", "amd64", "apt"),
        Installed = new InstalledFacts(100, "level"),
        Pending = [],
        Reboot = new RebootFacts(false, []),
    };

    public static TheoryData<string, Func<PatchPolicySpec, PatchPolicySpec>> InvalidPolicies => new()
    {
        { "spec.windows[0]: there is no PatchWindow 'nowhere'", spec => spec with { Windows = ["nowhere"] } },
        { "spec.updates.include[0]: 'li[b' has the character '['", spec => spec with { Updates = new UpdateSettings { Include = ["li[b"] } } },
        { "spec.scan.timeout: must be longer than zero", spec => spec with { Scan = new ScanSettings { Timeout = "0s" } } },
    };

    [Theory]
    [MemberData(nameof(InvalidPolicies))]
    public async Task An_invalid_policy_names_the_field_and_does_nothing_to_nodes(string message, Func<PatchPolicySpec, PatchPolicySpec> change)
    {
        var label = ApiServerFixture.UniqueName("invalid");
        var node = await cluster.CreateNodeAsync(label);
        var policy = await cluster.CreatePolicyAsync(label, change);

        var ready = await ConditionAsync<PatchPolicy>(policy.Metadata.Name, found => found.Status.Conditions, ConditionTypes.Ready);
        Assert.Equal(("False", Reasons.InvalidSpec), (ready.Status, ready.Reason));
        Assert.StartsWith(message, ready.Message, StringComparison.Ordinal);
        Assert.Null(await cluster.Client.GetAsync<NodePatch>(node.Metadata.Name));
        await cluster.Client.DeleteAsync(policy);
    }

    public static TheoryData<string, PatchWindowSpec> InvalidWindows => new()
    {
        { "spec.schedules[0].cron: ", new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "61 2 * * *" }], Duration = "4h" } },
        { "spec.timeZone: ", new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 2 * * *" }], Duration = "4h", TimeZone = "Europe/Atlantis" } },
        { "spec.duration: ", new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 2 * * *" }], Duration = "0s" } },
    };

    [Theory]
    [MemberData(nameof(InvalidWindows))]
    public async Task An_invalid_window_never_opens_and_a_policy_that_names_it_is_invalid_too(string field, PatchWindowSpec spec)
    {
        var label = ApiServerFixture.UniqueName("window");
        var window = await cluster.Client.CreateAsync(new PatchWindow { Metadata = new V1ObjectMeta { Name = label }, Spec = spec });
        var policy = await cluster.CreatePolicyAsync(label, given => given with { Windows = [label] });

        var ready = await ConditionAsync<PatchWindow>(label, found => found.Status.Conditions, ConditionTypes.Ready);
        Assert.Equal(("False", Reasons.InvalidSpec), (ready.Status, ready.Reason));
        Assert.StartsWith(field, ready.Message, StringComparison.Ordinal);
        Assert.Equal("False", (await ConditionAsync<PatchWindow>(label, found => found.Status.Conditions, ConditionTypes.Open)).Status);
        await cluster.UntilAsync<PatchPolicy>(
            policy.Metadata.Name, found => Message(found).Contains("is invalid", StringComparison.Ordinal), "names the window");
        await cluster.Client.DeleteAsync(policy);
        await cluster.Client.DeleteAsync(window);
    }

    [Fact]
    public async Task A_policy_becomes_valid_when_its_window_is_made()
    {
        var label = ApiServerFixture.UniqueName("late");
        var policy = await cluster.CreatePolicyAsync(label, spec => spec with { Windows = [label] });
        await cluster.UntilAsync<PatchPolicy>(
            policy.Metadata.Name, found => Message(found).Contains("there is no PatchWindow", StringComparison.Ordinal), "is invalid");

        var window = await cluster.Client.CreateAsync(new PatchWindow
        {
            Metadata = new V1ObjectMeta { Name = label },
            Spec = new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 0 * * *" }], Duration = "24h" },
        });

        await cluster.UntilAsync<PatchPolicy>(policy.Metadata.Name, found => Is(found.Status.Conditions, ConditionTypes.Ready, "True"), "is Ready");
        var open = await cluster.UntilAsync<PatchWindow>(label, found => Is(found.Status.Conditions, ConditionTypes.Open, "True"), "is open");
        Assert.NotNull(open.Status.Current);
        await cluster.Client.DeleteAsync(policy);
        await cluster.Client.DeleteAsync(window);
    }

    [Fact]
    public async Task A_node_is_tracked_scanned_and_reported_and_nothing_is_written_after_that()
    {
        var label = ApiServerFixture.UniqueName("scan");
        var node = await cluster.CreateNodeAsync(label);
        var policy = await cluster.CreatePolicyAsync(label);

        var job = await cluster.JobAsync(node.Metadata.Name);
        var pod = job.Spec.Template.Spec;
        Assert.Equal((node.Metadata.Name, false, true), (pod.NodeName, pod.AutomountServiceAccountToken, pod.Containers[0].SecurityContext.Privileged));
        await cluster.FinishAsync(job, ReportFormat.Summary(NothingPending, ReportFormat.Document(NothingPending)));

        var compliant =
            await cluster.UntilAsync<PatchPolicy>(policy.Metadata.Name, found => Is(found.Status.Conditions, ConditionTypes.Compliant, "True"), "is compliant");
        Assert.Equal("1/1", compliant.Status.Nodes!.Summary);
        // There is no kubelet to ask for the log.
        var patch = await cluster.Client.GetAsync<NodePatch>(node.Metadata.Name);
        Assert.True(patch!.Status.LastScan!.DetailsUnavailable);
        Assert.Equal(node.Metadata.Uid, Assert.Single(patch.Metadata.OwnerReferences).Uid);

        // A heartbeat, and the same YAML again: the operator looks, and has nothing to say.
        await cluster.Client.ApiClient.CoreV1.PatchNodeAsync(
            new V1Patch("""{"metadata":{"labels":{"touched":"yes"}}}""", V1Patch.PatchType.MergePatch), node.Metadata.Name);
        var marker = await cluster.CreatePolicyAsync(ApiServerFixture.UniqueName("marker"));
        await cluster.UntilAsync<PatchPolicy>(marker.Metadata.Name, found => found.Status.Conditions.Count > 0, "was looked at");
        Assert.Equal(compliant.Metadata.ResourceVersion, (await cluster.Client.GetAsync<PatchPolicy>(policy.Metadata.Name))!.Metadata.ResourceVersion);
        Assert.Equal(patch.Metadata.ResourceVersion, (await cluster.Client.GetAsync<NodePatch>(node.Metadata.Name))!.Metadata.ResourceVersion);
        await cluster.Client.DeleteAsync(marker);
        await cluster.Client.DeleteAsync(policy);
    }

    [Fact]
    public async Task A_Job_whose_end_is_only_decided_is_waited_for()
    {
        var label = ApiServerFixture.UniqueName("decided");
        var (first, second) = (await cluster.CreateNodeAsync(label), await cluster.CreateNodeAsync(label));
        var policy = await cluster.CreatePolicyAsync(label);
        var report = ReportFormat.Summary(NothingPending, ReportFormat.Document(NothingPending));
        var job = await cluster.JobAsync(first.Metadata.Name);

        await cluster.DecideAsync(job, report);
        await cluster.FinishAsync(await cluster.JobAsync(second.Metadata.Name), report);

        await cluster.UntilAsync<PatchPolicy>(policy.Metadata.Name, found => found.Status.Nodes?.Summary == "1/2", "has one compliant node");
        Assert.Null((await cluster.Client.GetAsync<NodePatch>(first.Metadata.Name))!.Status.LastScan);
        await cluster.FinishAsync(job, terminationMessage: null);
        await cluster.UntilAsync<PatchPolicy>(policy.Metadata.Name, found => found.Status.Nodes?.Summary == "2/2", "has two compliant nodes");
        await cluster.Client.DeleteAsync(policy);
    }

    [Fact]
    public async Task A_finished_Job_without_a_report_is_never_a_success()
    {
        var label = ApiServerFixture.UniqueName("silent");
        var node = await cluster.CreateNodeAsync(label);
        var policy = await cluster.CreatePolicyAsync(label);
        await cluster.FinishAsync(await cluster.JobAsync(node.Metadata.Name), terminationMessage: null);

        var patch = await cluster.UntilAsync<NodePatch>(node.Metadata.Name, found => found.Status.ScanFailure is not null, "the scan failed");
        Assert.Equal((Reasons.ReportMissing, ComplianceState.Unknown), (patch.Status.ScanFailure!.Reason, patch.Status.Compliance!.State));
        var attention = await cluster.UntilAsync<PatchPolicy>(policy.Metadata.Name, found => found.Status.Attention.Count > 0, "asks for attention");
        Assert.Equal(node.Metadata.Name, attention.Status.Attention[0].Node);
        await cluster.Client.DeleteAsync(policy);
    }

    [Fact]
    public async Task A_deleted_policy_leaves_nothing_behind()
    {
        var label = ApiServerFixture.UniqueName("gone");
        var node = await cluster.CreateNodeAsync(label);
        var policy = await cluster.CreatePolicyAsync(label);
        await cluster.JobAsync(node.Metadata.Name);

        await cluster.Client.DeleteAsync(policy);

        await Eventually.TrueAsync(async () => await cluster.Client.GetAsync<PatchPolicy>(policy.Metadata.Name) is null, "the policy is gone");
        Assert.Null(await cluster.Client.GetAsync<NodePatch>(node.Metadata.Name));
        Assert.Empty(await cluster.Client.ListAsync<V1Job>(cluster.Namespace, $"{ApiGroup.NodeLabel}={node.Metadata.Name}"));
    }

    [Fact]
    public async Task A_deleted_node_takes_its_NodePatch_along()
    {
        var label = ApiServerFixture.UniqueName("lost");
        var node = await cluster.CreateNodeAsync(label);
        var policy = await cluster.CreatePolicyAsync(label);
        await cluster.JobAsync(node.Metadata.Name);

        await cluster.Client.ApiClient.CoreV1.DeleteNodeAsync(node.Metadata.Name);

        await Eventually.TrueAsync(async () => await cluster.Client.GetAsync<NodePatch>(node.Metadata.Name) is null, "the NodePatch is gone");
        await cluster.UntilAsync<PatchPolicy>(policy.Metadata.Name, found => found.Status.Nodes?.Matched == 0, "matches no node");
        await cluster.Client.DeleteAsync(policy);
    }

    [Fact]
    public async Task Of_two_policies_for_a_node_the_older_has_it_and_the_younger_says_so()
    {
        var label = ApiServerFixture.UniqueName("both");
        await cluster.CreateNodeAsync(label);
        var older = await cluster.CreatePolicyAsync(label);
        await cluster.UntilAsync<PatchPolicy>(older.Metadata.Name, found => found.Status.Nodes?.Matched == 1, "has the node");
        // Creation times are whole seconds; of two policies of one second the first by name is the older.
        await Eventually.TrueAsync(
            () => TimeProvider.System.GetUtcNow() > older.Metadata.CreationTimestamp!.Value.ToUniversalTime().AddSeconds(1), "the next second");
        var younger = await cluster.CreatePolicyAsync(label);

        var status = (await cluster.UntilAsync<PatchPolicy>(younger.Metadata.Name, found => found.Status.Nodes is not null, "was looked at")).Status;
        Assert.Equal((0, 1), (status.Nodes!.Matched, status.Nodes.ClaimedByOthers));
        await cluster.Client.DeleteAsync(younger);
        await cluster.Client.DeleteAsync(older);
    }

    [Fact]
    public async Task A_standby_takes_over_when_the_leader_stops()
    {
        await using var standby = await cluster.StartOperatorAsync();
        await cluster.StopOperatorAsync();
        var policy = await cluster.CreatePolicyAsync(ApiServerFixture.UniqueName("takeover"));

        await cluster.UntilAsync<PatchPolicy>(policy.Metadata.Name, found => found.Status.Conditions.Count > 0, "was looked at by the standby");
        await cluster.Client.DeleteAsync(policy);
        await Eventually.TrueAsync(async () => await cluster.Client.GetAsync<PatchPolicy>(policy.Metadata.Name) is null, "the policy is gone");
        await cluster.RestartOperatorAsync(standby);
    }

    private async Task<Condition> ConditionAsync<TEntity>(string name, Func<TEntity, List<Condition>> conditions, string type)
        where TEntity : class, IKubernetesObject<V1ObjectMeta>
    {
        var entity = await cluster.UntilAsync<TEntity>(name, found => conditions(found).Any(condition => condition.Type == type), $"has condition {type}");
        return conditions(entity).Single(condition => condition.Type == type);
    }

    private static bool Is(List<Condition> conditions, string type, string status) =>
        conditions.Any(condition => condition.Type == type && condition.Status == status);

    private static string Message(PatchPolicy policy) =>
        policy.Status.Conditions.FirstOrDefault(condition => condition.Type == ConditionTypes.Ready)?.Message ?? "";
}
