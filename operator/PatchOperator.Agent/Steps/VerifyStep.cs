using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Packages;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>
/// A scan that fails when an approved update is missing from a package this host has, when a package is not whole, when what ran before the operation does not
/// run now, or when a command says so.
/// </summary>
internal sealed class VerifyStep(StepContext context)
{
    public async Task<StepOutcome> RunAsync()
    {
        var packages = await context.OpenPackagesAsync();
        await context.RefreshAsync(packages);
        var scan = await HostScan.RunAsync(context, packages, context.Deadline);
        var frozen = await packages.FreezeAsync(context.Request.Updates, context.Request.Freeze, context.Deadline);
        var plan = await PatchPlan.MakeAsync(frozen.Required, scan.Installed, packages, context.Deadline);
        context.Draft.Missing = plan.Missing;
        if (plan.Missing.Count > 0)
            return new StepOutcome(
                AgentResult.VerificationFailed, AgentReasons.UpdatesMissing, $"missing: {Describe(plan, scan, packages.Versions)}{plan.Remark}");
        if (scan.Incomplete.Length > 0)
            return new StepOutcome(
                AgentResult.VerificationFailed, AgentReasons.PackagesIncomplete, $"packages are not whole: {scan.Incomplete}{plan.Remark}");
        var (broken, _, comingUp) = await context.Units.JudgeAsync();
        if (broken is not null)
            return new StepOutcome(AgentResult.VerificationFailed, AgentReasons.UnitsBroken, $"{broken}{plan.Remark}");
        foreach (var command in context.Request.Commands)
        {
            if (await ProblemAsync(command) is { } problem)
                return new StepOutcome(AgentResult.VerificationFailed, AgentReasons.VerifyCommandFailed, $"{problem}{plan.Remark}");
        }

        EndVerified(comingUp);
        return StepOutcome.Completed($"no approved update is missing{plan.Remark}; {scan.Summary}");
    }

    /// <summary>A node whose disk is full is no worse for it.</summary>
    private void EndVerified(IReadOnlyList<string> comingUp)
    {
        try
        {
            context.Journal.EndVerified(comingUp);
        }
        catch (IOException error)
        {
            context.Progress.Say($"cannot note that the operation is verified, so that a rollback starts what somebody disables until then: {error.Message}");
        }
    }

    /// <returns>What it has found, for a message; null when all is well.</returns>
    private async Task<string?> ProblemAsync(string command)
    {
        var program = $"{AgentRequest.CommandFolder}/{command}";
        if (!context.Commands.Root.FileExists(program))
            return $"verify command {command}: the host has no {program}";
        context.Progress.Say($"verify command {program}");
        try
        {
            var result = await context.Commands.RunAsync(new HostCommand(program), context.Deadline.Token);
            context.Progress.Quote(result.Output);
            context.Progress.Quote(result.Errors);
            var said = result.Complaint.Length > 0 ? $": {result.Complaint}" : "";
            return result.Succeeded ? null : $"verify command {command} failed with exit code {result.ExitCode}{said}";
        }
        catch (HostCommandException error)
        {
            return $"verify command {command} cannot be run: {error.Message}";
        }
        catch (OperationCanceledException) when (context.Deadline.Expired)
        {
            return $"verify command {command} did not end within the {context.Request.TimeoutSeconds} s that the verification may take";
        }
    }

    private static string Describe(PatchPlan plan, HostScanResult scan, IComparer<string> versions)
    {
        var here = PackageList.Newest(scan.Installed, versions);
        return string.Join(", ", plan.Missing.Select(update => $"{update.Name} {update.Version} ({Describe(here.GetValueOrDefault(update.Name))})"));
    }

    private static string Describe(InstalledPackage? package) => package switch
    {
        null => "the package that it takes the place of is still there",
        { Complete: false } => $"{package.Version} is there but {package.State}",
        _ => $"installed: {package.Version}",
    };
}
