namespace PatchOperator.Contract;

/// <summary>Which of the updates that are pending are meant, of those that can be installed.</summary>
public enum PendingChoice
{
    Security,

    All,
}
