using System.Diagnostics;

namespace PatchOperator.Agent.Tests.Running;

/// <summary>Programs of the machine that runs the tests, which ask nothing and speak English.</summary>
internal static class Shell
{
    /// <returns>Its standard output.</returns>
    public static string Run(string program, params string[] arguments) => Try(program, arguments).Checked().Output;

    public static Command Try(string program, params string[] arguments) => Command.Run("env", InEnglish(program, arguments));

    public static Process Start(string program, params string[] arguments) => Command.Start("env", InEnglish(program, arguments));

    private static string[] InEnglish(string program, string[] arguments) => ["LC_ALL=C", "DEBIAN_FRONTEND=noninteractive", program, .. arguments];
}
