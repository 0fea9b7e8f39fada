using System.Reflection;
using System.Text.Json.Nodes;
using PatchOperator.Api;
using PatchOperator.Contract.Images;

namespace PatchOperator.Rules.Tests;

/// <summary>What code cuts and checks is as long as the CustomResourceDefinitions allow.</summary>
public class LimitTests
{
    private static readonly Dictionary<string, string[]> Fields = new()
    {
        [nameof(Limits.Message)] =
        [
            "patchwindows: status.conditions.message", "patchwindows: status.current.note", "patchwindows: status.upcoming.note",
            "patchpolicies: status.conditions.message", "patchpolicies: status.attention.message",
            "patchruns: status.conditions.message", "patchruns: status.message", "patchruns: status.failures.message", "patchruns: status.blocked.message", "patchruns: status.timeline.event",
            "patchruns: status.hooks.message", "patchruns: status.outcome.message",
            "patchruns: status.baselines.message", "nodepatches: status.blocked.message", "nodepatches: status.conditions.message", "nodepatches: status.scanFailure.message",
            "nodepatches: status.lastScan.stagingFailure.message",
            "nodepatches: status.rebootRequired.because.", "nodepatches: status.compliance.message", "nodepatches: status.lastOperation.message", "patchrecords: spec.nodes.message",
            "imagebaselines: status.conditions.message", "imagebaselines: status.job.message", "imagebaselines: status.lastBuild.tests.message",
            "imagebaselines: status.lastBuild.failure.message", "imagebaselines: status.lastScan.failure.message",
        ],
        [nameof(Limits.PersonName)] = ["patchplans: spec.policy.author", "patchruns: spec.policy.author", "patchruns: spec.approvals.by"],
        [nameof(Limits.WindowSchedules)] = ["patchwindows: spec.schedules"],
        [nameof(Limits.WindowBlackouts)] = ["patchwindows: spec.blackouts"],
        [nameof(Limits.WindowPlaces)] = ["patchwindows: spec.zoneMap"],
        [nameof(Limits.WindowZones)] = ["patchwindows: status.zones"],
        [nameof(Limits.UpcomingOpenings)] = ["patchwindows: status.upcoming"],
        [nameof(Limits.PolicyAttention)] = ["patchpolicies: status.attention"],
        [nameof(Limits.ApprovedUpdates)] = ["nodepatches: spec.operation.updates"],
        [nameof(Limits.PlannedUpdates)] = ["patchplans: spec.updates"],
        [nameof(Limits.PendingUpdates)] = ["nodepatches: status.pending"],
        [nameof(Limits.SeenTimes)] = ["nodepatches: status.pendingCut.seen"],
        [nameof(Limits.SeenNames)] = ["nodepatches: status.pendingCut.seen.names"],
        [nameof(Limits.PendingAdvisories)] = ["nodepatches: status.pending.advisories"],
        [nameof(Limits.PendingCves)] = ["nodepatches: status.pending.cves"],
        [nameof(Limits.Removals)] = ["nodepatches: status.pending.removes", "nodepatches: spec.operation.updates.removes", "patchplans: spec.updates.removes"],
        [nameof(Limits.Waves)] = ["patchpolicies: spec.rollout.waves"],
        [nameof(Limits.HealthChecks)] =
            ["patchpolicies: spec.healthChecks", "patchpolicies: spec.rollout.waves.checks", "patchplans: spec.healthChecks", "patchplans: spec.waves.checks", "patchruns: status.checks"],
        [nameof(Limits.HookWords)] =
        [
            .. new[] { "patchpolicies: spec.hooks", "patchplans: spec.settings.hooks", "nodepatches: spec.operation.settings.hooks" }
                .SelectMany(hooks => new[] { "beforeRun", "beforeDrain", "afterPatch", "afterUncordon", "afterRun" }.Select(hook => $"{hooks}.{hook}"))
                .Concat(["patchpolicies: spec.healthChecks.job", "patchplans: spec.healthChecks.job"])
                .SelectMany(template => new[] { "command", "args", "env" }.Select(list => $"{template}.{list}")),
        ],
        [nameof(Limits.VerifyCommands)] =
        [
            .. new[] { "patchpolicies: spec", "patchplans: spec.settings", "nodepatches: spec.operation.settings" }
                .Select(spec => $"{spec}.verify.commands"),
        ],
        [nameof(Limits.RunHooks)] = ["patchruns: status.hooks"],
        [nameof(Limits.NodeHooks)] = ["nodepatches: status.lastOperation.hooks"],
        [nameof(Limits.RunFailures)] = ["patchruns: status.failures"],
        [nameof(Limits.RunBlocked)] = ["patchruns: status.blocked"],
        [nameof(Limits.RunTimeline)] = ["patchruns: status.timeline"],
        [nameof(Limits.RunBaselines)] = ["patchruns: status.baselines"],
        [nameof(Limits.ListedPackages)] =
        [
            "nodepatches: status.lastOperation.changed", "nodepatches: status.lastOperation.restarted",
            "patchrecords: spec.changes.packages",
        ],
        [nameof(Limits.RecordedNodes)] = ["patchrecords: spec.nodes", "patchrecords: spec.changes"],
        [nameof(Limits.RebootCauses)] = ["nodepatches: status.rebootRequired.because"],
        [nameof(Limits.OutdatedServices)] = ["nodepatches: status.outdatedServices.names"],
        [nameof(Limits.ImageTests)] = ["imagebaselines: spec.tests", "imagebaselines: status.lastBuild.tests"],
        [nameof(Limits.ImagePendingNames)] = ["imagebaselines: status.current.pendingNames", "imagebaselines: status.candidate.pendingNames"],
        [nameof(Limits.ImageHistory)] = ["imagebaselines: status.history"],
        [nameof(Limits.RejectedImages)] = ["imagebaselines: status.rejected"],
        [nameof(Limits.CoveredRuns)] = ["imagebaselines: status.runs", "imagebaselines: status.job.runs"],
        [nameof(Limits.MissingNames)] = ["imagebaselines: status.runs.names"],
    };

    public static TheoryData<string> Names => [.. typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static).Select(limit => limit.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_limit_is_that_of_each_field_it_is_for(string name)
    {
        var limit = (int)typeof(Limits).GetField(name)!.GetRawConstantValue()!;

        Assert.All(Fields[name], field => Assert.Equal(limit, Allowed(field)));
    }

    /// <summary>The agent does not know the kinds, and must not say more than there is room for.</summary>
    [Fact]
    public void What_the_agent_names_has_room_in_a_status() =>
        Assert.Equal((Limits.ImagePendingNames, Limits.MissingNames), (ImageFindings.MaxPendingNames, MissingUpdates.MaxNames));

    /// <param name="field">The plural of its kind, and its path; of what is in a list, the path of that. A text in a list is an empty name.</param>
    private static int? Allowed(string field)
    {
        var (plural, path) = (field.Split(": ")[0], field.Split(": ")[1]);
        var definition = Yaml.Documents(File.ReadAllText(Repository.PathOf($"crds/patchoperator.io_{plural}.yaml"))).Single();
        JsonNode schema = definition["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!;
        foreach (var name in path.Split('.'))
        {
            schema = schema["items"] ?? schema;
            schema = name.Length == 0 ? schema : schema["properties"]![name]!;
        }

        return (int?)((schema["maxItems"] ?? schema["maxLength"])?.AsValue().GetValue<decimal>());
    }
}
