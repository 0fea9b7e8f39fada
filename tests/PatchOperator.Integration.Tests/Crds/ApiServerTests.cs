using System.Text.Json.Nodes;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>The CustomResourceDefinitions, the samples and the whole of config/ on a real API server.</summary>
public sealed class ApiServerTests(KubectlFixture cluster) : IClassFixture<KubectlFixture>
{
    /// <summary>What only the operator can judge: it says Ready=False with the reason InvalidSpec.</summary>
    public static TheoryData<string, string> Judged => new()
    {
        { "a cron expression that is none", Window("schedules: [{cron: every now and then}], duration: 4h") },
        { "an unknown time zone", Window("schedules: [{cron: 0 1 * * *}], duration: 4h, timeZone: Mars/Olympus") },
        { "a duration of zero", Window("schedules: [{cron: 0 1 * * *}], duration: 0s") },
        { "a cutoff longer than the window", Window("schedules: [{cron: 0 1 * * *}], duration: 1h, cutoff: 2h") },
        { "an unknown window", Policy("nodeSelector: {}, windows: [no-such-window]") },
        { "a glob that is none", Policy("nodeSelector: {}, updates: {exclude: ['[a/b']}") },
        { "a scan interval of zero", Policy("nodeSelector: {}, scan: {interval: 0s}") },
        { "numbers and shares", Policy("nodeSelector: {}, rollout: {maxUnavailable: 25%, failureThreshold: 3}") },
        { "every unit of a duration", Policy("nodeSelector: {}, drain: {timeout: 1w2d3h4m5s}") },
    };

    public static TheoryData<string, string> Malformed => new()
    {
        { "spec: Required", "apiVersion: patchoperator.io/v1alpha1\nkind: PatchPolicy\nmetadata: {name: test}" },
        { "spec.nodeSelector: Required", Policy("suspend: true") },
        { "spec.suspend: Invalid", Policy("nodeSelector: {}, suspend: maybe") },
        { "spec.windows[1]: Duplicate", Policy("nodeSelector: {}, windows: [a, a]") },
        { "spec.scan.interval: Invalid", Policy("nodeSelector: {}, scan: {interval: 5 minutes}") },
        { "spec.scan.interval: Invalid", Policy("nodeSelector: {}, scan: {interval: ''}") },
        { "spec.scan.timeout: Invalid", Policy("nodeSelector: {}, scan: {timeout: 5m1h}") },
        { "spec.reboot.mode: Unsupported value", Policy("nodeSelector: {}, reboot: {mode: Sometimes}") },
        { "spec.rollout.minReadySeconds: Invalid", Policy("nodeSelector: {}, rollout: {minReadySeconds: -1}") },
        { "spec.rollout.maxUnavailable: Invalid", Policy("nodeSelector: {}, rollout: {maxUnavailable: [1]}") },
        { "spec.schedules: Required", Window("duration: 4h") },
        { "spec.schedules: Invalid", Window("schedules: [], duration: 4h") },
        { "at: Invalid", Window("schedules: [{at: tomorrow}], duration: 4h") },
        { "time: Required", Window("schedules: [{monthly: {week: Last, weekday: Friday}}], duration: 4h") },
        { "spec.duration: Required", Window("schedules: [{cron: 0 1 * * *}]") },
        { "spec.duration: Invalid", Window("schedules: [{cron: 0 1 * * *}], duration: 4") },
    };

    [Theory, MemberData(nameof(Judged))]
    public async Task What_only_the_operator_can_judge_is_accepted(string what, string yaml)
    {
        var answer = await cluster.TryCreate(yaml);

        Assert.True(answer.ExitCode == 0, $"{what}: {answer.Errors}");
    }

    [Theory, MemberData(nameof(Malformed))]
    public async Task What_is_malformed_is_refused_by_the_name_of_its_field(string error, string yaml)
    {
        var answer = await cluster.TryCreate(yaml);

        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains(error, answer.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Defaults_are_filled_in()
    {
        var answer = await cluster.TryCreate(Policy("nodeSelector: {}"));

        var spec = JsonNode.Parse(answer.Succeeded())!["spec"]!;
        Assert.Equal("24h", spec["scan"]!["interval"]!.GetValue<string>());
        Assert.Equal("IfRequired", spec["reboot"]!["mode"]!.GetValue<string>());
        Assert.Equal(1, spec["rollout"]!["maxUnavailable"]!.GetValue<int>());
        Assert.True(spec["updates"]!["refreshPackageLists"]!.GetValue<bool>());
    }

    [Fact]
    public async Task The_samples_apply()
    {
        var applied = await cluster.Kubectl.RunAsync("apply", "--dry-run=server", "--output=name", "--kustomize", Repository.PathOf("config/samples"));

        Assert.Contains("patchpolicy.patchoperator.io/workers-security", applied, StringComparison.Ordinal);
        Assert.Contains("patchwindow.patchoperator.io/weeknights", applied, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_of_it_applies() => await ApplyAll(cluster.Kubectl);

    [Fact]
    public async Task The_whole_of_it_applies_with_the_kubectl_of_the_oldest_supported_Kubernetes() =>
        await ApplyAll(new Kubectl(cluster.Kubeconfig, Kubectl.Old));

    [Theory]
    [InlineData("patch-operator", "patch nodes", true)]
    [InlineData("patch-operator", "create pods --subresource=eviction --namespace=default", true)]
    [InlineData("patch-operator", "create jobs --namespace=patch-operator-jobs", true)]
    [InlineData("patch-operator", "create jobs --namespace=patch-operator-system", false)]
    [InlineData("patch-operator", "update patchpolicies --subresource=status", true)]
    [InlineData("patch-operator", "patch patchpolicies", true)]
    [InlineData("patch-operator", "delete patchruns", true)]
    [InlineData("patch-operator", "update leases --namespace=patch-operator-system", true)]
    [InlineData("patch-operator", "update leases --namespace=patch-operator-jobs", false)]
    [InlineData("patch-operator", "create jobs --namespace=default", false)]
    [InlineData("patch-operator", "update patchwindows", false)]
    [InlineData("patch-operator", "create patchplans", true)]
    [InlineData("patch-operator", "update patchplans", false)]
    [InlineData("patch-operator", "create patchrecords", true)]
    [InlineData("patch-operator", "update patchrecords", true)]
    [InlineData("patch-operator", "delete patchrecords", false)]
    [InlineData("patch-operator", "get pods --namespace=patch-operator-jobs", true)]
    [InlineData("patch-operator", "get pods --namespace=default", false)]
    [InlineData("patch-operator", "delete pods --namespace=default", true)]
    [InlineData("patch-operator", "get secrets --namespace=patch-operator-jobs", true)]
    [InlineData("patch-operator", "list secrets --namespace=patch-operator-jobs", false)]
    [InlineData("patch-operator", "get secrets --namespace=patch-operator-system", false)]
    [InlineData("patch-operator", "get secrets --namespace=default", false)]
    [InlineData("patch-operator", "update imagebaselines", false)]
    [InlineData("patch-operator", "patch imagebaselines", true)]
    [InlineData("patch-operator", "delete nodes", false)]
    [InlineData("patch-agent", "get nodes", false)]
    [InlineData("patch-agent", "list jobs --namespace=patch-operator-jobs", false)]
    public async Task Operator_and_agent_may_do_what_they_need_and_no_more(string account, string action, bool allowed)
    {
        var answer = await cluster.Kubectl.TryAsync(
            ["auth", "can-i", $"--as=system:serviceaccount:{Namespace(account)}:{account}", .. action.Split(' ')]);

        Assert.Equal(allowed ? "yes" : "no", answer.Output.Trim());
    }

    private static string Namespace(string account) => account == "patch-agent" ? "patch-operator-jobs" : "patch-operator-system";

    private async Task ApplyAll(Kubectl kubectl)
    {
        await kubectl.RunAsync("apply", "--validate=false", "--kustomize", Repository.PathOf("config/default"));

        const string Container = ".spec.template.spec.containers[0]";
        const string AgentImage = ".env[?(@.name==\"AGENT_IMAGE\")].value";
        string[] deployment = ["deployment", "patch-operator", "--namespace=patch-operator-system"];
        var images = await cluster.Kubectl.RunAsync(["get", .. deployment, $"--output=jsonpath={{{Container}.image}} {{{Container}{AgentImage}}}"]);
        Assert.Equal("patch-operator:dev patch-operator:dev", images);

        // Where controllers are at work its pod would start, beside the operators of other tests.
        await cluster.Kubectl.RunAsync(["delete", .. deployment]);
    }

    private static string Policy(string spec) => Resource("PatchPolicy", spec);

    private static string Window(string spec) => Resource("PatchWindow", spec);

    private static string Resource(string kind, string spec) =>
        $"apiVersion: patchoperator.io/v1alpha1\nkind: {kind}\nmetadata: {{name: test}}\nspec: {{{spec}}}\n";
}
