namespace PatchOperator.Agent.Packages.Zypper;

/// <summary>What zypper's exit codes say: zypper(8), EXIT CODES.</summary>
internal static class ZypperExitCodes
{
    public const int NoRepositories = 6;
    public const int Locked = 7;

    private static readonly Dictionary<int, string> Meanings = new()
    {
        [1] = "an unexpected situation occurred, probably a defect of zypper",
        [2] = "zypper does not know the command",
        [3] = "zypper does not take the arguments",
        [4] = "libzypp reported a problem",
        [5] = "zypper may not do this",
        [NoRepositories] = "no repository is defined",
        [Locked] = "another process has the packages locked",
        [8] = "the installation was aborted",
        [104] = "a package was not found",
        [105] = "zypper was told to stop",
        [106] = "a repository was skipped as it cannot be read",
        [107] = "a scriptlet failed",
    };

    /// <summary>For a person; null for a code that zypper's manual does not have.</summary>
    public static string? Meaning(int code) => Meanings.GetValueOrDefault(code);

    /// <summary>What was asked for is done: without more, with a reboot that is needed (102), with a restart of zypper itself that is needed (103).</summary>
    public static bool IsDone(int code) => code is 0 or 102 or 103;

    /// <summary>
    /// A question has an answer: also with nothing found (104), and without any repository (6) or one that cannot be read (106), which the state of the lists
    /// tells by itself.
    /// </summary>
    public static bool IsAnswer(int code) => IsDone(code) || code is NoRepositories or 104 or 106;
}
