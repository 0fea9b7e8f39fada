using System.Text.RegularExpressions;
using PatchOperator.Api;
using PatchOperator.Engine.Calendars;
using PatchOperator.Engine.Selection;
using static PatchOperator.Engine.Specs.SpecErrors;

namespace PatchOperator.Engine.Specs;

/// <summary>Every rule of a PatchPolicy that the schema cannot say, or that an API server before 1.25 does not enforce.</summary>
public static partial class PolicyValidation
{
    private static readonly TimeSpan MinScanInterval = TimeSpan.FromMinutes(1);

    /// <param name="policy">The policy.</param>
    /// <param name="windows">The calendars of all PatchWindows by name; null for one whose spec is invalid.</param>
    public static IReadOnlyList<SpecError> Validate(PatchPolicy policy, IReadOnlyDictionary<string, WindowCalendar?> windows)
    {
        var spec = policy.Spec;
        return
        [
            .. Name(policy.Metadata.Name),
            .. Author(policy),
            .. LabelSelectors.Validate(spec.NodeSelector, "spec.nodeSelector"),
            .. WindowNames("spec.windows", spec.Windows, windows),
            .. Positive("spec.scan.interval", spec.Scan.Interval, "24h", MinScanInterval),
            .. Positive("spec.scan.timeout", spec.Scan.Timeout, "10m"),
            .. Positive("spec.updates.maxListAge", spec.Updates.MaxListAge, "7d"),
            .. spec.Updates.SecuritySources.SelectMany((source, index) => Error($"spec.updates.securitySources[{index}]", SecuritySource(source))),
            .. spec.Updates.ApproveAfter is { } after ? Positive("spec.updates.approveAfter", after, "7d") : [],
            .. Positive("spec.updates.timeout", spec.Updates.Timeout, "1h"),
            .. Positive("spec.reboot.timeout", spec.Reboot.Timeout, "15m"),
            .. Positive("spec.drain.timeout", spec.Drain.Timeout, "30m"),
            .. Error("spec.drain.gracePeriodSeconds", spec.Drain.GracePeriodSeconds < 0 ? "must not be negative" : null),
            .. spec.Drain.IgnorePodSelector is { } ignored ? LabelSelectors.Validate(ignored, "spec.drain.ignorePodSelector") : [],
            .. spec.Updates.Include.SelectMany((glob, index) => Error($"spec.updates.include[{index}]", Globs.Validate(glob))),
            .. spec.Updates.Exclude.SelectMany((glob, index) => Error($"spec.updates.exclude[{index}]", Globs.Validate(glob))),
            .. spec.Updates.AllowRemovals.SelectMany((glob, index) => Error($"spec.updates.allowRemovals[{index}]", Globs.Validate(glob))),
            .. spec.Updates.Advisories.SelectMany((glob, index) => Error($"spec.updates.advisories[{index}]", Globs.Validate(glob))),
            .. Error("spec.rollout.maxUnavailable", Shares.Validate(spec.Rollout.MaxUnavailable)),
            .. Error("spec.rollout.failureThreshold", Shares.Validate(spec.Rollout.FailureThreshold)),
            .. Error("spec.rollout.maxConsecutiveFailures", spec.Rollout.MaxConsecutiveFailures < 1 ? "must be 1 at least" : null),
            .. Error("spec.rollout.topologyKey", spec.Rollout.TopologyKey is { } key && !LabelKey().IsMatch(key) ? $"'{key}' is not the key of a label" : null),
            .. WaveValidation.Validate(spec.Rollout.Waves, spec.HealthChecks.Select(check => check.Name).ToHashSet()),
            .. HealthCheckValidation.Validate(spec.HealthChecks),
            .. JobTemplateValidation.Validate(spec.Hooks),
            .. Commands(spec.Verify.Commands),
            .. Error("spec.rollout.minReadySeconds", spec.Rollout.MinReadySeconds < 0 ? "must not be negative" : null),
        ];
    }

    private static IEnumerable<SpecError> Commands(List<string> commands) =>
    [
        .. Error("spec.verify.commands", TooMany(commands.Count, Limits.VerifyCommands)),
        .. Twice("spec.verify.commands", commands),
        .. commands.SelectMany((command, index) => Error($"spec.verify.commands[{index}]", NameProblem(command))),
    ];

    private static string? SecuritySource(string source) =>
        SecuritySourcePattern().IsMatch(source)
            ? null
            : $"'{source}' is no pattern of archives: field=glob, several joined by commas, with the fields origin, label, suite, codename and site";

    [GeneratedRegex(@"\A(?:(?:^|,)(?:(?<field>origin|label|suite|codename|site)(?!.*,\k<field>=))=[^,]+)+\z")]
    private static partial Regex SecuritySourcePattern();

    [GeneratedRegex(@"\A([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?\z")]
    private static partial Regex LabelKey();

    // Runs take it over.
    private static IEnumerable<SpecError> Author(PatchPolicy policy) => Error(
        $"metadata.annotations[{ApiGroup.AuthorAnnotation}]",
        policy.Metadata.Annotations?.TryGetValue(ApiGroup.AuthorAnnotation, out var author) != true || author is { Length: > 0 and <= Limits.PersonName }
            ? null
            : $"must have from 1 to {Limits.PersonName} characters");

    private static IEnumerable<SpecError> Name(string name) => Error(
        "metadata.name",
        name.Length > ApiGroup.MaxPolicyNameLength ? $"is {name.Length} characters long; {ApiGroup.MaxPolicyNameLength} is the most, as runs are named after "
            + "it" : null);
}
