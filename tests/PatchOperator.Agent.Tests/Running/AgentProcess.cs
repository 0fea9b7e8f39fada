using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using PatchOperator.Contract;

namespace PatchOperator.Agent.Tests.Running;

/// <summary>The agent, running.</summary>
internal sealed class AgentProcess : IDisposable
{
    private readonly Process process;
    private readonly string terminationLog;
    private readonly StringBuilder output = new();
    private readonly StringBuilder errors = new();
    private readonly BlockingCollection<string> lines = [];

    private AgentProcess(Process process, string terminationLog)
    {
        this.process = process;
        this.terminationLog = terminationLog;
        process.OutputDataReceived += (_, data) => output.Append(data.Data is null ? "" : data.Data + "\n");
        process.ErrorDataReceived += (_, data) => Hear(data.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => process.Id;

    /// <param name="request">The request's JSON; null leaves the variable unset.</param>
    /// <param name="arguments">The command line.</param>
    public static AgentProcess Start(string? request, params string[] arguments) => StartBy([], request, arguments);

    /// <summary>The same, by a program of the machine that runs the tests, with arguments, which runs what is appended to them.</summary>
    public static AgentProcess StartBy(IReadOnlyList<string> wrapper, string? request, params string[] arguments)
    {
        var terminationLog = Path.GetTempFileName();
        IReadOnlyList<string> line = [.. wrapper, PublishedAgent.Program, .. arguments];
        var start = new ProcessStartInfo(line[0], [.. line.Skip(1), .. arguments.FirstOrDefault() == "run" ? ["--termination-log", terminationLog] : Array.Empty<string>()])
        {
            // Nobody answers there, and it does not end: what would ask on a host must not find it.
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Remove(AgentRequest.EnvironmentVariable);
        if (request is not null)
            start.Environment[AgentRequest.EnvironmentVariable] = request;
        return new AgentProcess(Process.Start(start)!, terminationLog);
    }

    /// <summary>Waits until the agent has said something on standard error.</summary>
    public string WaitFor(string text)
    {
        foreach (var line in lines.GetConsumingEnumerable())
        {
            if (line.Contains(text, StringComparison.Ordinal))
                return line;
        }

        throw new InvalidOperationException($"the agent ended without saying '{text}':\n{errors}");
    }

    public void Signal(string name) => Shell.Run("kill", $"-{name}", $"{process.Id}");

    public async Task<AgentOutcome> WaitAsync()
    {
        await process.WaitForExitAsync();
        var summary = ReportFormat.ReadSummary(await File.ReadAllTextAsync(terminationLog));
        var report = summary is null ? null : ReportFormat.Read(output.ToString(), summary).Report;
        return new AgentOutcome(process.ExitCode, report, summary, output.ToString(), errors.ToString());
    }

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.Dispose();
        lines.Dispose();
        File.Delete(terminationLog);
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            lines.CompleteAdding();
            return;
        }

        errors.Append(line).Append('\n');
        lines.Add(line);
    }
}
