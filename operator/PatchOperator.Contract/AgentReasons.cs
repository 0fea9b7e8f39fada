namespace PatchOperator.Contract;

/// <summary>Why a step ended as it did. Each is explained to people in the operator's documentation.</summary>
public static class AgentReasons
{
    public const string Completed = "Completed";
    public const string NothingToDo = "NothingToDo";
    public const string InvalidRequest = "InvalidRequest";
    public const string OtherBoot = "OtherBoot";
    public const string UnsupportedSystem = "UnsupportedSystem";
    public const string LockHeld = "LockHeld";
    public const string DiskFull = "DiskFull";
    public const string ClockWrong = "ClockWrong";
    public const string RepositoryUnavailable = "RepositoryUnavailable";
    public const string InterruptedPackageManager = "InterruptedPackageManager";
    public const string VersionUnavailable = "VersionUnavailable";
    public const string UnapprovedChange = "UnapprovedChange";
    public const string PackageManagerFailed = "PackageManagerFailed";
    public const string PackagesIncomplete = "PackagesIncomplete";
    public const string UpdatesMissing = "UpdatesMissing";
    public const string UnitsBroken = "UnitsBroken";
    public const string VerifyCommandFailed = "VerifyCommandFailed";
    public const string NotBroughtBack = "NotBroughtBack";
    public const string RebootRequested = "RebootRequested";
    public const string RebootFailed = "RebootFailed";
    public const string TimedOut = "TimedOut";
    public const string AgentFailed = "AgentFailed";
}
