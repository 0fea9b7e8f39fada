using PatchOperator.Agent.Hosts;
using PatchOperator.Agent.Run;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Steps;

/// <summary>One life of the agent: request, step, report, exit code.</summary>
/// <param name="options">Where the host is.</param>
/// <param name="time">What time it is.</param>
/// <param name="report">Is given the report: when it is known how the step ends, which of a reboot is before it does.</param>
/// <param name="progress">Is told what goes on.</param>
internal sealed class AgentRun(AgentOptions options, TimeProvider time, Action<AgentReport> report, Progress progress)
{
    /// <summary>Exit code of a fault in the agent itself.</summary>
    public const int Fault = 1;

    /// <summary>128 + SIGTERM: told to stop. There is no report, as nothing was found out.</summary>
    public const int Stopped = 143;

    private readonly ReportDraft draft = new(new CommandLog(time, progress));
    private readonly DateTimeOffset startedAt = time.GetUtcNow();
    private bool published;

    /// <returns>The exit code.</returns>
    public async Task<int> RunAsync(string? requestJson, CancellationToken stop)
    {
        try
        {
            var outcome = await CarryOutAsync(requestJson, stop);
            // A reboot's report is out before the reboot is asked for.
            if (!published || outcome.Result != AgentResult.Done)
                Publish(outcome);
            return outcome.Reason == AgentReasons.AgentFailed ? Fault : (int)outcome.Result;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            progress.Say("told to stop: what runs on the host as a unit of its own goes on, the next agent watches it");
            return Stopped;
        }
    }

    private async Task<StepOutcome> CarryOutAsync(string? requestJson, CancellationToken stop)
    {
        try
        {
            var request = RequestReader.Read(requestJson);
            draft.Step = request.Step;
            return await PerformAsync(request, stop);
        }
        catch (InvalidRequestException error)
        {
            draft.Step = error.Step;
            return new StepOutcome(AgentResult.PreconditionFailed, AgentReasons.InvalidRequest, error.Message);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception error)
        {
            progress.Quote(error.ToString());
            return new StepOutcome(AgentResult.PackageManagerFailed, AgentReasons.AgentFailed, $"the agent failed: {error.GetType().Name}: {error.Message}");
        }
    }

    private async Task<StepOutcome> PerformAsync(AgentRequest request, CancellationToken stop)
    {
        using var deadline = new Deadline(TimeSpan.FromSeconds(request.TimeoutSeconds), time, stop);
        try
        {
            progress.Say($"{request.Step} for {request.Operation}, within {request.TimeoutSeconds} s, on the host at {options.HostRoot}");
            var context = StepContext.Open(request, options, draft, deadline, progress, Publish);
            return await context.RunAsync();
        }
        catch (StepFailureException failure)
        {
            return failure.Outcome;
        }
        catch (HostCommandException error)
        {
            return new StepOutcome(AgentResult.PackageManagerFailed, AgentReasons.PackageManagerFailed, error.Message);
        }
        catch (IOException error) when (DiskSpace.HasRunOut(error))
        {
            return new StepOutcome(AgentResult.PackageManagerFailed, AgentReasons.DiskFull, $"the agent ran out of disk space: {error.Message}");
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            return new StepOutcome(AgentResult.PackageManagerFailed, AgentReasons.TimedOut, $"the step took longer than its {request.TimeoutSeconds} seconds");
        }
    }

    private void Publish(StepOutcome outcome)
    {
        report(draft.Finish(outcome, startedAt, time.GetUtcNow()));
        published = true;
    }
}
