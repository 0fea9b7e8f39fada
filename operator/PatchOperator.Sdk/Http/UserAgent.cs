using System.Reflection;
using System.Runtime.InteropServices;

namespace PatchOperator.Sdk.Http;

/// <summary>How this process names itself in the audit log of the server.</summary>
internal static class UserAgent
{
    internal static string Default { get; } = Describe(Assembly.GetEntryAssembly()?.GetName());

    private static string Describe(AssemblyName? program) =>
        $"{program?.Name ?? "dotnet"}/{program?.Version?.ToString(3) ?? "0"} ({RuntimeInformation.RuntimeIdentifier})";
}
