using System.Diagnostics;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>A program that was run to its end.</summary>
internal sealed record Command(string Line, int ExitCode, string Output, string Errors)
{
    public static async Task<Command> Run(string program, IEnumerable<string> arguments, string input = "")
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return new Command(string.Join(' ', [program, .. arguments]), process.ExitCode, await output, await errors);
    }

    /// <summary>The output of a command that must have succeeded.</summary>
    public string Succeeded()
    {
        Assert.True(ExitCode == 0, $"{Line}\n{Output}{Errors}");
        return Output.Trim();
    }
}
