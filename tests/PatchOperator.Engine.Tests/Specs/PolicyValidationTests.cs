using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Specs;
using static PatchOperator.Engine.Tests.Given;

namespace PatchOperator.Engine.Tests.Specs;

public class PolicyValidationTests
{
    public static TheoryData<Func<PatchPolicySpec, PatchPolicySpec>, string> Invalid => new()
    {
        { spec => spec with { NodeSelector = null }, "spec.nodeSelector: must be given; {} selects every node" },
        {
            spec =>
                spec with
                {
                    NodeSelector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = "a", OperatorProperty = "Near" }] },
                },
            "spec.nodeSelector.matchExpressions[0].operator: 'Near' is not one of In, NotIn, Exists, DoesNotExist"
        },
        { spec => spec with { Windows = ["weekly"] }, "spec.windows[0]: there is no PatchWindow 'weekly'" },
        { spec => spec with { Windows = ["nightly", "broken"] }, "spec.windows[1]: PatchWindow 'broken' is invalid: see its Ready condition" },
        { spec => spec with { Scan = new ScanSettings { Interval = "0s" } }, "spec.scan.interval: must be longer than zero, such as 24h" },
        { spec => spec with { Scan = new ScanSettings { Interval = "5s" } }, "spec.scan.interval: must be 1m at least, such as 24h" },
        { spec => spec with { Scan = new ScanSettings { Timeout = "soon" } }, "spec.scan.timeout: 'soon' is not a duration such as 10m" },
        { spec => spec with { Drain = new DrainSettings { Timeout = "-1m" } }, "spec.drain.timeout: '-1m' is not a duration such as 30m" },
        { spec => spec with { Reboot = new RebootSettings { Timeout = "0m" } }, "spec.reboot.timeout: must be longer than zero, such as 15m" },
        {
            spec => spec with { Updates = new UpdateSettings { Include = ["lib*", "li[b"] } },
            "spec.updates.include[1]: 'li[b' has the character '[': a glob is made of package-name characters, * and ?"
        },
        {
            spec => spec with { Updates = new UpdateSettings { Advisories = ["CVE-2026-*", "CVE 1"] } },
            "spec.updates.advisories[1]: 'CVE 1' has the character ' ': a glob is made of package-name characters, * and ?"
        },
        { spec => spec with { Updates = new UpdateSettings { ApproveAfter = "0d" } }, "spec.updates.approveAfter: must be longer than zero, such as 7d" },
        { spec => spec with { Updates = new UpdateSettings { Exclude = [""] } }, "spec.updates.exclude[0]: must not be empty" },
        { spec => spec with { Updates = new UpdateSettings { AllowRemovals = ["old", ""] } }, "spec.updates.allowRemovals[1]: must not be empty" },
        { spec => spec with { Updates = new UpdateSettings { MaxListAge = "0d" } }, "spec.updates.maxListAge: must be longer than zero, such as 7d" },
        {
            spec => spec with { Updates = new UpdateSettings { SecuritySources = ["origin=Vendor?*,site=*.example.com", "vendor"] } },
            "spec.updates.securitySources[1]: 'vendor' is no pattern of archives: field=glob, several joined by commas, with the fields origin, label, "
                + "suite, codename and site"
        },
        {
            spec => spec with { Updates = new UpdateSettings { SecuritySources = ["origin=Vendor?*,site=*.example.com", "origin=a,origin=b"] } },
            "spec.updates.securitySources[1]: 'origin=a,origin=b' is no pattern of archives: field=glob, several joined by commas, with the fields origin, "
                + "label, suite, codename and site"
        },
        {
            spec => spec with { Updates = new UpdateSettings { SecuritySources = ["origin=Vendor?*,site=*.example.com", "origin=a,"] } },
            "spec.updates.securitySources[1]: 'origin=a,' is no pattern of archives: field=glob, several joined by commas, with the fields origin, label, "
                + "suite, codename and site"
        },
        {
            spec => spec with { Rollout = new PolicyRollout { MaxUnavailable = "0" } },
            "spec.rollout.maxUnavailable: '0' is neither a number from 1 nor a share from 1% to 100%"
        },
        {
            spec => spec with { Rollout = new PolicyRollout { FailureThreshold = "120%" } },
            "spec.rollout.failureThreshold: '120%' is neither a number from 1 nor a share from 1% to 100%"
        },
        { spec => spec with { Rollout = new PolicyRollout { MaxConsecutiveFailures = 0 } }, "spec.rollout.maxConsecutiveFailures: must be 1 at least" },
        { spec => spec with { Rollout = new PolicyRollout { TopologyKey = "zone of it" } }, "spec.rollout.topologyKey: 'zone of it' is not the key of a label" },
        { Wave(wave => wave with { Name = "rest" }), "spec.rollout.waves[0].name: must not be rest, which is the last wave, of the nodes that no other takes" },
        { Wave(wave => wave with { Name = "Canary" }), "spec.rollout.waves[0].name: 'Canary' is not a name of at most 63 lower-case letters, digits and dashes" },
        { Wave(wave => wave with { Size = null }), "spec.rollout.waves[0]: must have either nodeSelector or size" },
        { Wave(wave => wave with { NodeSelector = new V1LabelSelector() }), "spec.rollout.waves[0]: must have either nodeSelector or size" },
        {
            Wave(wave => wave with { Size = null, NodeSelector = new V1LabelSelector { MatchExpressions = [new V1LabelSelectorRequirement { Key = "pool", OperatorProperty = "Like" }] } }),
            "spec.rollout.waves[0].nodeSelector.matchExpressions[0].operator: 'Like' is not one of In, NotIn, Exists, DoesNotExist"
        },
        { Wave(wave => wave with { Size = "0%" }), "spec.rollout.waves[0].size: '0%' is neither a number from 1 nor a share from 1% to 100%" },
        { Wave(wave => wave with { MaxUnavailable = 0 }), "spec.rollout.waves[0].maxUnavailable: '0' is neither a number from 1 nor a share from 1% to 100%" },
        { Wave(wave => wave with { FailureThreshold = "a" }), "spec.rollout.waves[0].failureThreshold: 'a' is neither a number from 1 nor a share from 1% to 100%" },
        { Wave(wave => wave with { Soak = "soon" }), "spec.rollout.waves[0].soak: 'soon' is not a duration such as 24h or 0s" },
        { spec => Wave(wave => wave with { Checks = ["api", "db"] })(spec) with { HealthChecks = [ACheck] }, "spec.rollout.waves[0].checks: there is no health check 'db' in spec.healthChecks" },
        { Check(check => check with { Name = "API" }), "spec.healthChecks[0].name: 'API' is not a name of at most 63 lower-case letters, digits and dashes" },
        { Check(check => check with { Prometheus = null }), "spec.healthChecks[0]: must have exactly one of prometheus, alerts, object and job" },
        { Check(check => check with { Alerts = new AlertsCheck { Url = "http://p" } }), "spec.healthChecks[0]: must have exactly one of prometheus, alerts, object and job" },
        { Check(check => check with { During = [] }), "spec.healthChecks[0].during: must have BeforeWave, BeforeNode or Soak" },
        { Check(check => check with { For = "long" }), "spec.healthChecks[0].for: 'long' is not a duration such as 2m or 0s" },
        { Query("ftp://p", "up"), "spec.healthChecks[0].prometheus.url: 'ftp://p' is not the address of a Prometheus, such as http://prometheus.monitoring.svc:9090" },
        {
            Query("http://me:secret@p", "up"),
            "spec.healthChecks[0].prometheus.url: 'http://me:secret@p' is not the address of a Prometheus, such as http://prometheus.monitoring.svc:9090"
        },
        { Query("http://p", ""), "spec.healthChecks[0].prometheus.query: must be given" },
        {
            Query("http://p", "errors < bool 1"),
            "spec.healthChecks[0].prometheus.query: must compare without bool: the check passes while the query has samples, and with bool it always has"
        },
        {
            Alerts(new AlertsCheck { Url = "http://p", Matching = "(a" }),
            "spec.healthChecks[0].alerts.matching: '(a' is not a regular expression: Invalid pattern '(a' at offset 2. Not enough )'s."
        },
        {
            Object(check => check with { ApiVersion = "apps" }), "spec.healthChecks[0].object.apiVersion: 'apps' is not a group and version such as apps/v1, or v1"
        },
        { Object(check => check with { Kind = "deployments" }), "spec.healthChecks[0].object.kind: 'deployments' is not a kind such as Deployment" },
        { Object(check => check with { Name = "" }), "spec.healthChecks[0].object.name: must be given" },
        { Object(check => check with { Condition = "" }), "spec.healthChecks[0].object.condition: must be given, such as Available" },
        { Check(check => check with { Prometheus = null, Job = new JobTemplate() }), "spec.healthChecks[0].job.image: '' is not the name of an image, such as curlimages/curl:8.10.1" },
        { Hook(hook => hook with { Image = "a b" }), "spec.hooks.beforeRun.image: 'a b' is not the name of an image, such as curlimages/curl:8.10.1" },
        { Hook(hook => hook with { Command = [.. Enumerable.Repeat("x", 21)] }), "spec.hooks.beforeRun.command: has 21 entries; 20 is the most" },
        {
            Hook(hook => hook with { Env = [new EnvironmentVariable { Name = "1A" }] }),
            "spec.hooks.beforeRun.env[0].name: '1A' is not the name of a variable: letters, digits and underscores, and no digit first"
        },
        {
            Hook(hook => hook with { Env = [new EnvironmentVariable { Name = "PATCH_NODE" }] }),
            "spec.hooks.beforeRun.env[0].name: 'PATCH_NODE' begins with PATCH_, which is for what the operator says itself; choose another name"
        },
        { Hook(hook => hook with { Env = [new EnvironmentVariable { Name = "A" }, new EnvironmentVariable { Name = "A" }] }), "spec.hooks.beforeRun.env: names 'A' more than once" },
        { Hook(hook => hook with { ServiceAccountName = "A" }), "spec.hooks.beforeRun.serviceAccountName: 'A' is not the name of a ServiceAccount" },
        { spec => spec with { Hooks = new HookSettings { AfterRun = new JobTemplate { Image = "curl", Timeout = "0s" } } }, "spec.hooks.afterRun.timeout: must be longer than zero, such as 5m" },
        { Verify("App"), "spec.verify.commands[0]: 'App' is not a name of at most 63 lower-case letters, digits and dashes" },
        { Verify("../app"), "spec.verify.commands[0]: '../app' is not a name of at most 63 lower-case letters, digits and dashes" },
        { Verify("app", "app"), "spec.verify.commands: names 'app' more than once" },
        { Verify([.. Enumerable.Range(0, 21).Select(number => $"app-{number}")]), "spec.verify.commands: has 21 entries; 20 is the most" },
        { spec => spec with { HealthChecks = [ACheck, ACheck] }, "spec.healthChecks: names 'api' more than once" },
        {
            spec => spec with { Rollout = new PolicyRollout { Waves = [new RolloutWave { Name = "canary", Size = 1 }, new RolloutWave { Name = "canary", Size = 2 }] } },
            "spec.rollout.waves: names 'canary' more than once"
        },
    };

    [Theory]
    [MemberData(nameof(Invalid))]
    public void Each_mistake_is_named_with_its_field_and_the_way_out(Func<PatchPolicySpec, PatchPolicySpec> change, string message) =>
        Assert.Equal(message, Assert.Single(Validate(APolicy(change))).ToString());

    private static Func<PatchPolicySpec, PatchPolicySpec> Verify(params List<string> commands) =>
        spec => spec with { Verify = new VerifySettings { Commands = commands } };

    private static Func<PatchPolicySpec, PatchPolicySpec> Hook(Func<JobTemplate, JobTemplate> change) =>
        spec => spec with { Hooks = new HookSettings { BeforeRun = change(new JobTemplate { Image = "curl" }) } };

    private static HealthCheck ACheck => new() { Name = "api", Prometheus = new PrometheusCheck { Url = "https://prometheus.example.com/a/", Query = "errors < 1" } };

    private static Func<PatchPolicySpec, PatchPolicySpec> Check(Func<HealthCheck, HealthCheck> change) => spec => spec with { HealthChecks = [change(ACheck)] };

    private static Func<PatchPolicySpec, PatchPolicySpec> Query(string url, string query) =>
        Check(check => check with { Prometheus = new PrometheusCheck { Url = url, Query = query } });

    private static Func<PatchPolicySpec, PatchPolicySpec> Alerts(AlertsCheck alerts) => Check(check => check with { Prometheus = null, Alerts = alerts });

    private static Func<PatchPolicySpec, PatchPolicySpec> Object(Func<ObjectCheck, ObjectCheck> change) => Check(check => check with
    {
        Prometheus = null,
        Object = change(new ObjectCheck { ApiVersion = "apps/v1", Kind = "Deployment", Namespace = "shop", Name = "api", Condition = "Available" }),
    });

    private static Func<PatchPolicySpec, PatchPolicySpec> Wave(Func<RolloutWave, RolloutWave> change) =>
        spec => spec with { Rollout = new PolicyRollout { TopologyKey = "topology.kubernetes.io/zone", Waves = [change(new RolloutWave { Name = "canary", Size = "10%" })] } };

    [Fact]
    public void The_defaults_are_valid() => Assert.Empty(Validate(APolicy()));

    [Fact]
    public void A_name_that_is_too_long_for_its_runs_is_refused()
    {
        var policy = APolicy();
        policy.Metadata.Name = new string('a', 41);

        Assert.Equal("metadata.name: is 41 characters long; 40 is the most, as runs are named after it", Assert.Single(Validate(policy)).ToString());
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void The_name_of_an_author_must_fit_into_a_run(int length, bool valid)
    {
        var policy = APolicy();
        policy.Metadata.Annotations = new Dictionary<string, string> { [ApiGroup.AuthorAnnotation] = new string('a', length) };

        Assert.Equal(
            valid ? [] : ["metadata.annotations[patchoperator.io/author]: must have from 1 to 253 characters"], Validate(policy).Select(error => error.ToString()));
    }

    private static IReadOnlyList<SpecError> Validate(PatchPolicy policy)
    {
        var valid = WindowCalendar.TryCreate(new PatchWindowSpec { Schedules = [new WindowSchedule { Cron = "0 2 * * *" }], Duration = "4h" }, out _);
        return PolicyValidation.Validate(policy, new Dictionary<string, WindowCalendar?> { ["nightly"] = valid, ["broken"] = null });
    }
}
