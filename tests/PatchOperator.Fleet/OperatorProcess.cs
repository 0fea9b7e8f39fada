using System.Diagnostics;
using System.Globalization;
using PatchOperator.Testing;

namespace PatchOperator.Fleet;

/// <summary>A published operator at work as a process of this machine, under the heap limit that .NET has in a container of 512 MiB.</summary>
internal sealed class OperatorProcess : IAsyncDisposable
{
    private const double TicksPerSecond = 100;
    private const string HeapLimit = "0x18000000";

    private readonly Process process;
    private readonly HttpClient http;
    private readonly long started = Stopwatch.GetTimestamp();
    private double cpuAtEnd;
    private double peakAtEnd;

    private OperatorProcess(Process process, int port)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(2) };
    }

    /// <summary>The seconds of CPU since it started.</summary>
    // Fields 14 and 15 of proc(5)'s stat, counted from behind the name, which may have spaces.
    public double CpuSeconds
    {
        get
        {
            if (process.HasExited)
                return cpuAtEnd;
            var fields = File.ReadAllText($"/proc/{process.Id}/stat").Split(')')[^1].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
    }

    public double ResidentMiB => process.HasExited ? 0 : Memory("VmRSS");

    /// <summary>The most it has been since <see cref="ForgetPeak"/>, or the start.</summary>
    public double PeakMiB => process.HasExited ? peakAtEnd : Memory("VmHWM");

    /// <summary>Whether it still runs.</summary>
    public bool Runs => !process.HasExited;

    /// <param name="folder">The program patch-operator, and a file, environment, of what its image sets.</param>
    /// <param name="kubeconfig">Whose rights it has.</param>
    /// <param name="ns">Where its lease is.</param>
    /// <param name="replica">The name of the pod that it would be, and of its log beside the program.</param>
    /// <param name="maxScans">How many nodes it scans at once; null for its default.</param>
    public static OperatorProcess Start(string folder, string kubeconfig, string ns, string replica, int? maxScans = null)
    {
        var port = FreePort.Find();
        var start = new ProcessStartInfo(
            Path.Combine(folder, "patch-operator"),
            [
                "--agent-image", "patch-operator:dev", "--tools-image", "patch-operator-tools:dev",
                "--port", $"{port}", "--log-level", "Error", .. maxScans is null ? Array.Empty<string>() : ["--max-scans", $"{maxScans}"],
            ])
        {
            RedirectStandardOutput = true,
            Environment = { ["KUBECONFIG"] = kubeconfig, ["DOTNET_GCHeapHardLimit"] = HeapLimit, ["POD_NAMESPACE"] = ns, ["POD_NAME"] = replica },
        };
        foreach (var setting in File.ReadLines(Path.Combine(folder, "environment")).Select(line => line.Split('=', 2)))
            start.Environment[setting[0]] = setting[1];
        var process = Process.Start(start)!;
        var log = TextWriter.Synchronized(new StreamWriter(Path.Combine(folder, $"{replica}.log"), append: true) { AutoFlush = true });
        process.OutputDataReceived += (_, line) => log.WriteLine(line.Data);
        process.BeginOutputReadLine();
        return new OperatorProcess(process, port);
    }

    /// <summary>How long it took, from the start.</summary>
    public Task<TimeSpan> UntilHealthyAsync(CancellationToken cancellationToken) => UntilAsync("/healthz", cancellationToken);

    /// <inheritdoc cref="UntilHealthyAsync"/>
    public Task<TimeSpan> UntilReadyAsync(CancellationToken cancellationToken) => UntilAsync("/readyz", cancellationToken);

    /// <summary>Whether it leads and knows the cluster, as it says itself.</summary>
    public async Task<bool> LeadsAsync(CancellationToken cancellationToken) =>
        Runs && (await TryGetAsync("/metrics", cancellationToken)).Contains("\npatch_operator_leader 1", StringComparison.Ordinal);

    public async Task UntilLeadingAsync(CancellationToken cancellationToken)
    {
        while (!await LeadsAsync(cancellationToken))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
    }

    /// <summary>From now on <see cref="PeakMiB"/> is counted anew.</summary>
    // See proc(5), clear_refs.
    public void ForgetPeak()
    {
        if (!process.HasExited)
            File.WriteAllText($"/proc/{process.Id}/clear_refs", "5");
    }

    /// <summary>SIGKILL, as a machine that goes away.</summary>
    public async Task KillAsync()
    {
        (cpuAtEnd, peakAtEnd) = (CpuSeconds, PeakMiB);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Such as <c>STOP</c>.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Runs)
            await SignalAsync("TERM");

        await process.WaitForExitAsync();
        process.Dispose();
        http.Dispose();
    }

    private async Task<TimeSpan> UntilAsync(string path, CancellationToken cancellationToken)
    {
        while (await TryGetAsync(path, cancellationToken) != "ok")
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        return Stopwatch.GetElapsedTime(started);
    }

    private async Task<string> TryGetAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await http.GetStringAsync(path, cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !process.HasExited)
        {
            return "";
        }
    }

    private double Memory(string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(candidate => candidate.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024.0;
    }
}
