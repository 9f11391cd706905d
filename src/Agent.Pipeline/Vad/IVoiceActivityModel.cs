namespace Agent.Pipeline.Vad;

/// <summary>A model that tells speech from everything else; loaded once and shared by all sessions of a process.</summary>
public interface IVoiceActivityModel
{
    /// <summary>Begins one participant's audio.</summary>
    IVoiceActivityStream Open();
}
