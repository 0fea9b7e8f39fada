using System.Collections;

namespace PatchOperator.Agent.Exec;

/// <summary>
/// Becomes a command in another root, as <c>chroot(8)</c> and <c>setsid(1)</c> would: the agent's image may hold neither, nor a shell.
/// </summary>
internal static class ExecCommand
{
    /// <summary>Exit code when the root could not be entered, as chroot(8) has it.</summary>
    public const int CannotEnter = 125;

    /// <summary>Exit code when the command does not exist or cannot be started, as in a shell.</summary>
    public const int CannotExecute = 127;

    /// <summary>What a message of this class begins with, to tell it from the command's own.</summary>
    public const string Prefix = "patch-agent exec: ";

    /// <summary>Returns only when it failed, with the exit code.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        var libc = new LibC();
        if (ExecArguments.Parse(arguments) is not { } parsed)
        {
            libc.Complain($"{Prefix}usage: exec --root DIR [--output FILE] -- COMMAND [ARGUMENT…]");
            return CannotEnter;
        }

        var command = new NativeStrings(parsed.Command);
        var environment = new NativeStrings(Variables());
        libc.NewSession();
        libc.SetFileModeMask(0b000_010_010);
        return Enter(libc, parsed) ?? Become(libc, parsed, command, environment);
    }

    private static int? Enter(LibC libc, ExecArguments parsed)
    {
        if (libc.EnterRoot(parsed.Root) is { } error)
        {
            libc.Complain($"{Prefix}cannot enter {parsed.Root}: {error}");
            return CannotEnter;
        }

        if (parsed.OutputFile is { } file && libc.AppendOutputTo(file) is { } outputError)
        {
            libc.Complain($"{Prefix}cannot write to {file}: {outputError}");
            return CannotEnter;
        }

        return null;
    }

    private static int Become(LibC libc, ExecArguments parsed, NativeStrings command, NativeStrings environment)
    {
        libc.ResetSignals();
        var error = libc.Execute(command, environment);
        libc.Complain($"{Prefix}cannot run {parsed.Command[0]}: {error}");
        return CannotExecute;
    }

    private static List<string> Variables() =>
        [.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => $"{variable.Key}={variable.Value}")];
}
