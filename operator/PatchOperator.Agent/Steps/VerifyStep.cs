using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>A scan that fails when an approved update is missing from a package this host has.</summary>
internal sealed class VerifyStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        if (context.Request.RefreshPackageLists)
            await packages.RefreshAsync(context.Deadline);
        var scan = await HostScan.RunAsync(context, packages, context.Deadline);
        var plan = PatchPlan.Make(context.Request.Updates, scan.Installed, packages.Versions);
        context.Draft.Missing = plan.Upgrades;
        return plan.Upgrades.Count == 0
            ? StepOutcome.Completed($"no approved update is missing{plan.HeldRemark}; {scan.Summary}")
            : new StepOutcome(AgentResult.VerificationFailed, AgentReasons.UpdatesMissing, $"missing: {Describe(plan, scan)}{plan.HeldRemark}");
    }

    private static string Describe(PatchPlan plan, HostScanResult scan)
    {
        var here = scan.Installed.ToDictionary(package => package.Name);
        return string.Join(", ", plan.Upgrades.Select(update => here[update.Name] is { Complete: false } broken
            ? $"{update.Name} {update.Version} ({broken.Version} is there but not wholly installed)"
            : $"{update.Name} {update.Version} (installed: {here[update.Name].Version})"));
    }
}
