using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>A scan that fails when an approved update is missing from a package this host has, or when a package is not whole.</summary>
internal sealed class VerifyStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        if (context.Request.RefreshPackageLists)
            await packages.RefreshAsync(context.Deadline);
        var scan = await HostScan.RunAsync(context, packages, context.Deadline);
        var frozen = await packages.FreezeAsync(context.Request.Updates, context.Request.Freeze, context.Deadline);
        var plan = PatchPlan.Make(frozen.Required, scan.Installed, packages);
        context.Draft.Missing = plan.Missing;
        if (plan.Missing.Count > 0)
            return new StepOutcome(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing, $"missing: {Describe(plan, scan)}{plan.Remark}");
        return scan.Incomplete.Length > 0
            ? new StepOutcome(AgentResult.VerificationFailed, AgentReasons.PackagesIncomplete, $"packages are not whole: {scan.Incomplete}{plan.Remark}")
            : StepOutcome.Completed($"no approved update is missing{plan.Remark}; {scan.Summary}");
    }

    private static string Describe(PatchPlan plan, HostScanResult scan)
    {
        var here = scan.Installed.ToDictionary(package => package.Name);
        return string.Join(", ", plan.Missing.Select(update => here[update.Name] is { Complete: false } broken
            ? $"{update.Name} {update.Version} ({broken.Version} is there but {broken.State})"
            : $"{update.Name} {update.Version} (installed: {here[update.Name].Version})"));
    }
}
