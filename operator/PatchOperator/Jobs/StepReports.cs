using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Jobs;

/// <summary>The agent's report in the engine's terms.</summary>
internal static class StepReports
{
    /// <summary>Of what cannot be the report of a Job: somebody has altered it.</summary>
    public static StepReport Refused(string why) => new()
    {
        Succeeded = false,
        Reason = Reasons.ReportAltered,
        Message = $"{why}: it was altered, and nothing of it is believed",
        HasDetails = false,
    };

    /// <param name="summary">The summary, from the termination message.</param>
    /// <param name="report">The whole report; null when it could not be read, or is not the one the summary speaks of.</param>
    public static StepReport From(AgentSummary summary, AgentReport? report) => new()
    {
        Succeeded = summary.Result is AgentResult.Done or AgentResult.NothingToDo,
        Reason = summary.Reason,
        Message = report?.Message ?? summary.Message,
        HasDetails = report is not null,
        Host = report is null ? null : new NodeIdentity
        {
            OsImage = NullIfEmpty(report.Host.OsImage),
            OsFamily = NullIfEmpty(report.Host.OsFamily),
            KernelVersion = NullIfEmpty(report.Host.KernelVersion),
            Architecture = NullIfEmpty(report.Host.Architecture),
            PackageManager = NullIfEmpty(report.Host.PackageManager),
        },
        Packages = summary.Counts.Packages,
        PatchLevel = summary.PatchLevel,
        PendingCount = summary.Counts is { PendingSecurity: { } security, PendingTotal: { } total, Held: { } held }
            ? new PendingCount
            {
                Security = security,
                Total = total,
                Held = held,
                Blocked = summary.Counts.Blocked ?? 0,
                BlockedSecurity = summary.Counts.BlockedSecurity ?? 0,
            }
            : null,
        IncompleteCount = summary.Counts.Incomplete,
        Lists = (report?.Lists ?? summary.Lists) is { } lists
            ? new PackageLists { Complete = lists.Complete, RefreshedAt = lists.RefreshedAt, Message = lists.Message }
            : null,
        Incomplete = report?.Incomplete?.Select(package => new Api.IncompletePackage { Name = package.Name, State = package.State }).ToList(),
        RebootRequired = summary.RebootRequired,
        RebootBecause = report?.Reboot?.Because ?? [],
        OutdatedServices = summary.Counts.OutdatedServices is { } outdated
            ? new OutdatedServices { Count = outdated, Names = [.. report?.OutdatedServices ?? []] }
            : null,
        Pending = report?.Pending is { } pending ? Pending(pending, report.Advisories) : null,
        Changed = report?.Changed
            .Select(change => new Api.ChangedPackage { Name = change.Name, From = NullIfEmpty(change.From), To = NullIfEmpty(change.To) })
            .ToList() ?? [],
        StagingFailure = report?.StagingFailure,
        Restarted = report?.Restarted ?? [],
        Kept = report?.Kept is { } kept ? new KeptPackages { Packages = kept.Packages, Bytes = kept.Bytes, Without = [.. kept.Without] } : null,
        Substituted = report?.Substituted
            .Select(version => new Api.SubstitutedVersion { Name = version.Name, Planned = version.Planned, Installed = version.Offered })
            .ToList() ?? [],
    };

    private static List<PendingPackage> Pending(IReadOnlyList<PendingUpdate> updates, IReadOnlyList<Advisory> advisories)
    {
        var cves = advisories.GroupBy(advisory => advisory.Id).ToDictionary(same => same.Key, same => same.SelectMany(advisory => advisory.Cves));
        return
        [
            .. updates.Select(update => new PendingPackage
            {
                Name = update.Name,
                Installed = NullIfEmpty(update.Installed),
                Candidate = update.Candidate,
                Security = update.Security,
                Severity = update.Severity is { } severity ? Severity(severity) : null,
                Advisories = update.Advisories?.ToList(),
                Cves = update.Advisories?.SelectMany(id => cves.GetValueOrDefault(id, [])).Distinct().ToList(),
                Held = update.Held,
                Blocked = update.Blocked,
                Phased = update.Phased,
                Removes = update.Removes?.ToList(),
            }),
        ];
    }

    private static UpdateSeverity Severity(Severity severity) => severity switch
    {
        Contract.Severity.Low => UpdateSeverity.Low,
        Contract.Severity.Moderate => UpdateSeverity.Moderate,
        Contract.Severity.Important => UpdateSeverity.Important,
        _ => UpdateSeverity.Critical,
    };

    // What is empty is left out: an API server may refuse an empty string where a type is said.
    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
