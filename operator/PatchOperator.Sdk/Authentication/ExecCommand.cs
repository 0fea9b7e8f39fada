using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;
using k8s.Exceptions;
using PatchOperator.Sdk.KubeConfig;

namespace PatchOperator.Sdk.Authentication;

/// <summary>Runs a credential plugin and returns what it printed.</summary>
internal static class ExecCommand
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(2);

    internal static async Task<string> RunAsync(ExecConfig config, TimeProvider time, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        using var process = Start(config);
        try
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            if (process.ExitCode != 0)
                throw new KubeConfigException($"{config.Command} failed ({process.ExitCode}): {await errors.ConfigureAwait(false)}");

            return await output.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new KubeConfigException($"{config.Command} did not finish within {TimeLimit.TotalMinutes:0} minutes");
        }
    }

    private static Process Start(ExecConfig config)
    {
        var start = new ProcessStartInfo(config.Command!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in config.Args ?? [])
            start.ArgumentList.Add(argument);
        foreach (var variable in config.Env ?? [])
            start.Environment[variable.Name ?? throw new KubeConfigException("a variable of an exec plugin has no name")] = variable.Value;
        start.Environment["KUBERNETES_EXEC_INFO"] = Info(config);
        try
        {
            return Process.Start(start) ?? throw new KubeConfigException($"{config.Command} did not start");
        }
        catch (Win32Exception e)
        {
            throw new KubeConfigException($"{config.Command} cannot be run: {e.Message}. {config.InstallHint}", e);
        }
    }

    private static string Info(ExecConfig config) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["apiVersion"] = config.ApiVersion,
        ["kind"] = "ExecCredential",
        ["spec"] = new Dictionary<string, object?> { ["cluster"] = config.ClusterInfo, ["interactive"] = false },
    });
}
