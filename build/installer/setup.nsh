; What the installer does besides copying files. docs/install.md tells how to use it.
;   setup.exe /S [/SETUP=FILE] [/LOG=FILE] [/D=FOLDER]      "Uninstall Commerce Integrator.exe" /S [--purge]
; Exit codes: 0 done; 1 broken off; 2 Windows said no; 3 installed, but the set-up file was refused (the log has lines and reasons, and nothing was
; set up) or its service did not start (the log says why); 4 the service could not be stopped, nothing was changed.

!include FileFunc.nsh
!include LogicLib.nsh
; The templates leave this one out (with the variable "pid") where customCheckAppRunning is given, and what is called there needs both.
!include getProcessInfo.nsh
Var pid

!define SERVICE_NAME "CommerceIntegrator"
!define COMMAND '"$INSTDIR\resources\service\commerce-integrator.cmd"'

!macro customHeader
  ; The uninstaller is compiled from this file, too, and an unused variable would be an error there.
  !ifndef BUILD_UNINSTALLER
    Var setupFile
    Var logFile
    Var hadService
  !endif
!macroend

; Runs a command without a window, its words into the log, its status into $0.
!macro logged command
  nsExec::ExecToStack '"$SYSDIR\cmd.exe" /d /s /c "${command} >> "$logFile" 2>&1"'
  Pop $0
  Pop $1
!macroend

; Stops a service that is there and waits: it gets its 30 s to come to a record's end.
!macro stopService
  nsExec::Exec '"$SYSDIR\sc.exe" query ${SERVICE_NAME}'
  Pop $0
  ${If} $0 == "0"
    !ifndef BUILD_UNINSTALLER
      StrCpy $hadService "yes"
    !endif
    nsExec::Exec '"$SYSDIR\sc.exe" stop ${SERVICE_NAME}'
    Pop $0
    StrCpy $R2 0
    ${Do}
      nsExec::ExecToStack '"$SYSDIR\cmd.exe" /d /c ""$SYSDIR\sc.exe" query ${SERVICE_NAME} | "$SYSDIR\find.exe" "STOPPED""'
      Pop $0
      Pop $1
      ${If} $0 == "0"
        ${ExitDo}
      ${EndIf}
      Sleep 1000
      IntOp $R2 $R2 + 1
    ${LoopUntil} $R2 >= 40
    ${If} $0 != "0"
      SetErrorLevel 4
      Quit
    ${EndIf}
  ${EndIf}
!macroend

; Asked at the start of the installation itself (nothing is stopped for somebody who only looks at the first page), and by the uninstaller.
; The templates kill whatever runs out of $INSTDIR, which the service's own node.exe does: it is stopped properly before they look.
!macro customCheckAppRunning
  !insertmacro stopService
  !insertmacro IS_POWERSHELL_AVAILABLE
  !insertmacro _CHECK_APP_RUNNING
!macroend

!macro customInit
  StrCpy $hadService "no"
  ${GetParameters} $R0
  ClearErrors
  ${GetOptions} $R0 "/LOG=" $logFile
  ${If} ${Errors}
    ReadEnvStr $R1 "ProgramData"
    StrCpy $logFile "$R1\Commerce Integrator\logs\install.log"
  ${EndIf}
  ClearErrors
  ${GetOptions} $R0 "/SETUP=" $setupFile
  ${If} ${Errors}
    StrCpy $setupFile ""
    ; Beside the installer is as good as named.
    ${If} ${FileExists} "$EXEDIR\commerce-integrator-setup.yml"
      StrCpy $setupFile "$EXEDIR\commerce-integrator-setup.yml"
    ${ElseIf} ${FileExists} "$EXEDIR\commerce-integrator-setup.json"
      StrCpy $setupFile "$EXEDIR\commerce-integrator-setup.json"
    ${EndIf}
  ${EndIf}
  ClearErrors
!macroend

!macro customInstall
  ${If} $setupFile != ""
    ${GetParent} "$logFile" $R1
    ${If} $R1 != ""
      CreateDirectory "$R1"
    ${EndIf}
    !insertmacro logged '${COMMAND} setup --file "$setupFile"'
    ${If} $0 != "0"
      SetErrorLevel 3
      ${IfNot} ${Silent}
        MessageBox MB_ICONEXCLAMATION|MB_OK "Installed, but $setupFile could not be carried out.$\r$\nThe reasons are in $logFile." /SD IDOK
      ${EndIf}
    ${EndIf}
  ${EndIf}
  ; The set-up file may have removed the service (run: desktop); then there is nothing to start.
  ${If} $hadService == "yes"
    nsExec::Exec '"$SYSDIR\sc.exe" start ${SERVICE_NAME}'
    Pop $0
  ${EndIf}
!macroend

!macro customUnInstall
  ; The uninstaller of an upgrade runs silently in between: service and data are then left alone.
  ${IfNot} ${isUpdated}
    ${GetParameters} $R0
    ClearErrors
    ${GetOptions} $R0 "--purge" $R1
    ${If} ${Errors}
      nsExec::Exec '${COMMAND} service uninstall'
    ${Else}
      nsExec::Exec '${COMMAND} service uninstall --purge'
    ${EndIf}
    Pop $0
    ClearErrors
  ${EndIf}
!macroend
