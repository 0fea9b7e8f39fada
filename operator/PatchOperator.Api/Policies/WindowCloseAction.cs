using System.Text.Json.Serialization;

namespace PatchOperator.Api;

/// <summary>What becomes of nodes in flight when the window closes.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WindowCloseAction>))]
public enum WindowCloseAction
{
    /// <summary>Their turns go on to the end.</summary>
    Finish,

    /// <summary>A turn whose reboot has not begun ends before it; the reboot is for the next opening.</summary>
    StopBeforeReboot,
}
