<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="fr" sourcelanguage="en">
    <context>
        <name>AboutDialog</name>
        <message>
            <source>About ChoreAI Live</source>
            <translation>À propos de ChoreAI Live</translation>
        </message>
        <message>
            <source>ChoreAI Live {version}</source>
            <translation>ChoreAI Live {version}</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Copied</source>
            <translation>Copié</translation>
        </message>
        <message>
            <source>Copy diagnostics</source>
            <translation>Copier le diagnostic</translation>
        </message>
        <message>
            <source>Cores</source>
            <translation>Cœurs</translation>
        </message>
        <message>
            <source>Licence</source>
            <translation>Licence</translation>
        </message>
        <message>
            <source>Licences</source>
            <translation>Licences</translation>
        </message>
        <message>
            <source>Machine, versions, settings and the end of the log, without passwords</source>
            <translation>Machine, versions, réglages et fin du journal, sans mots de passe</translation>
        </message>
        <message>
            <source>Memory, GB</source>
            <translation>Mémoire, Go</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modèles</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Pages</translation>
        </message>
        <message>
            <source>Processor</source>
            <translation>Processeur</translation>
        </message>
        <message>
            <source>Reads which style is being danced, live, on this machine. No picture leaves it.
Free software under the GNU General Public License, version 3 or later.</source>
            <translation>Lit en direct quel style est dansé, sur cette machine. Aucune image n’en sort.
Logiciel libre sous licence publique générale GNU, version 3 ou ultérieure.</translation>
        </message>
        <message>
            <source>System</source>
            <translation>Système</translation>
        </message>
        <message>
            <source>The notices were left out of this installation; they stand in its source.</source>
            <translation>Les mentions manquent dans cette installation ; elles se trouvent avec les sources.</translation>
        </message>
        <message>
            <source>This machine</source>
            <translation>Cette machine</translation>
        </message>
        <message>
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <source>Versions</source>
            <translation>Versions</translation>
        </message>
    </context>
    <context>
        <name>AddressBar</name>
        <message>
            <source>A name and password may stand before the host, as in rtsp://name:password@host; they are never shown or kept.</source>
            <translation>Un nom et un mot de passe peuvent précéder l’hôte, comme dans rtsp://nom:motdepasse@hôte ; ils ne sont ni affichés ni gardés.</translation>
        </message>
        <message>
            <source>Address of a stream, or path of a file or folder</source>
            <translation>Adresse d’un flux, ou chemin d’un fichier ou d’un dossier</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>It begins with rtsp://, rtsps://, http:// or https://, and names a host.</source>
            <translation>L’adresse commence par rtsp://, rtsps://, http:// ou https://, et nomme un hôte.</translation>
        </message>
        <message>
            <source>It works: {figures}</source>
            <translation>Ça marche : {figures}</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>Ouvrir</translation>
        </message>
        <message>
            <source>Test</source>
            <translation>Tester</translation>
        </message>
        <message>
            <source>Try whether the stream works before watching it</source>
            <translation>Vérifier que le flux fonctionne avant de le regarder</translation>
        </message>
        <message>
            <source>Trying the stream</source>
            <translation>Essai du flux</translation>
        </message>
    </context>
    <context>
        <name>AttractScreen</name>
        <message>
            <source>See live which style you dance.</source>
            <translation>Découvrez en direct quel style vous dansez.</translation>
        </message>
    </context>
    <context>
        <name>CameraSection</name>
        <message>
            <source>Cameras</source>
            <translation>Caméras</translation>
        </message>
        <message>
            <source>Gives no picture</source>
            <translation>Pas d’image</translation>
        </message>
        <message>
            <source>In the window now</source>
            <translation>Déjà à l’écran</translation>
        </message>
        <message>
            <source>In use by {program}</source>
            <translation>Utilisée par {program}</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Chercher à nouveau</translation>
        </message>
        <message>
            <source>Look again ({key})</source>
            <translation>Chercher à nouveau ({key})</translation>
        </message>
        <message>
            <source>Looking for cameras</source>
            <translation>Recherche de caméras</translation>
        </message>
        <message>
            <source>No camera was found. Plug one in, close other programs that use it, and look again.</source>
            <translation>Aucune caméra trouvée. Branchez-en une, fermez les autres programmes qui l’utilisent, puis cherchez à nouveau.</translation>
        </message>
        <message>
            <source>Not allowed for you</source>
            <translation>Accès refusé</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Ouverture</translation>
        </message>
        <message>
            <source>Unplugged</source>
            <translation>Débranchée</translation>
        </message>
    </context>
    <context>
        <name>Countdown</name>
        <message>
            <source>Countdown</source>
            <translation>Compte à rebours</translation>
        </message>
        <message>
            <source>Get in place, then dance: {name}</source>
            <translation>En place, puis dansez : {name}</translation>
        </message>
    </context>
    <context>
        <name>DancerTags</name>
        <message>
            <source>Watching</source>
            <translation>Observation</translation>
        </message>
        <message>
            <source>{style}  {percent}%</source>
            <translation>{style}  {percent} %</translation>
        </message>
    </context>
    <context>
        <name>DancingView</name>
        <message>
            <source>Enough. More makes it surer.</source>
            <translation>C’est assez. Davantage rend plus sûr.</translation>
        </message>
        <message>
            <source>Good. Keep dancing.</source>
            <translation>Bien. Continuez à danser.</translation>
        </message>
        <message>
            <source>Step into the picture and dance.</source>
            <translation>Entrez dans l’image et dansez.</translation>
        </message>
        <message>
            <source>Take</source>
            <translation>Prise</translation>
        </message>
        <message>
            <source>of {seconds} s</source>
            <translation>sur {seconds} s</translation>
        </message>
    </context>
    <context>
        <name>EventList</name>
        <message>
            <source>What happened</source>
            <translation>Ce qui s’est passé</translation>
        </message>
    </context>
    <context>
        <name>EventPanel</name>
        <message>
            <source>Close (L)</source>
            <translation>Fermer (L)</translation>
        </message>
        <message>
            <source>Close events</source>
            <translation>Fermer le journal</translation>
        </message>
        <message>
            <source>Copied.</source>
            <translation>Copié.</translation>
        </message>
        <message>
            <source>Copy</source>
            <translation>Copier</translation>
        </message>
        <message>
            <source>Copy what is selected, or everything shown</source>
            <translation>Copier la sélection, ou tout ce qui est affiché</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>Journal</translation>
        </message>
        <message>
            <source>Everything</source>
            <translation>Tout</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Chercher</translation>
        </message>
        <message>
            <source>Find in events</source>
            <translation>Chercher dans le journal</translation>
        </message>
        <message>
            <source>Kind of event</source>
            <translation>Type d’événement</translation>
        </message>
        <message>
            <source>Save events</source>
            <translation>Enregistrer le journal</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>Enregistrer…</translation>
        </message>
        <message>
            <source>Tables (*.csv)</source>
            <translation>Tableaux (*.csv)</translation>
        </message>
        <message>
            <source>Texts (*.txt)</source>
            <translation>Textes (*.txt)</translation>
        </message>
    </context>
    <context>
        <name>EventSaving</name>
        <message>
            <source>Saved as {path}.</source>
            <translation>Enregistré sous {path}.</translation>
        </message>
    </context>
    <context>
        <name>Events</name>
        <message>
            <source>Dancers</source>
            <translation>Danseurs</translation>
        </message>
        <message>
            <source>Errors</source>
            <translation>Erreurs</translation>
        </message>
        <message>
            <source>Frames</source>
            <translation>Images</translation>
        </message>
        <message>
            <source>Notices</source>
            <translation>Avis</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Photos</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Enregistrement</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Source</translation>
        </message>
        <message>
            <source>Styles</source>
            <translation>Styles</translation>
        </message>
    </context>
    <context>
        <name>Feed</name>
        <message>
            <source>In the end</source>
            <translation>À la fin</translation>
        </message>
        <message>
            <source>When last seen</source>
            <translation>Dernière image</translation>
        </message>
    </context>
    <context>
        <name>FeedActions</name>
        <message>
            <source>Go on</source>
            <translation>Reprendre</translation>
        </message>
        <message>
            <source>Mirror</source>
            <translation>Miroir</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Enregistrer</translation>
        </message>
    </context>
    <context>
        <name>Focus</name>
        <message>
            <source>More</source>
            <translation>Plus</translation>
        </message>
    </context>
    <context>
        <name>Foot</name>
        <message>
            <source>Remove this source</source>
            <translation>Retirer cette source</translation>
        </message>
        <message>
            <source>Show all sources</source>
            <translation>Voir toutes les sources</translation>
        </message>
        <message>
            <source>Show only this source</source>
            <translation>Voir seulement cette source</translation>
        </message>
        <message>
            <source>{count} dropped</source>
            <translation>pertes : {count}</translation>
        </message>
        <message>
            <source>{fps} fps</source>
            <translation>{fps} i/s</translation>
        </message>
        <message>
            <source>{ms} ms</source>
            <translation>{ms} ms</translation>
        </message>
    </context>
    <context>
        <name>HoldRing</name>
        <message>
            <source>Keep holding to leave</source>
            <translation>Maintenez pour quitter</translation>
        </message>
    </context>
    <context>
        <name>KioskWords</name>
        <message>
            <source>Getting ready.</source>
            <translation>Préparation en cours.</translation>
        </message>
        <message>
            <source>It will be back by itself.</source>
            <translation>Elle reviendra toute seule.</translation>
        </message>
        <message>
            <source>One moment</source>
            <translation>Un instant</translation>
        </message>
        <message>
            <source>Please tell the staff.</source>
            <translation>Merci de prévenir le personnel.</translation>
        </message>
        <message>
            <source>Starting again.</source>
            <translation>Redémarrage en cours.</translation>
        </message>
        <message>
            <source>Step in and dance</source>
            <translation>Entrez dans la danse</translation>
        </message>
        <message>
            <source>The camera is away for a moment</source>
            <translation>La caméra s’absente un instant</translation>
        </message>
        <message>
            <source>This screen takes a break</source>
            <translation>Cet écran fait une pause</translation>
        </message>
        <message>
            <source>Trying again in {seconds} s.</source>
            <translation>Nouvel essai dans {seconds} s.</translation>
        </message>
        <message>
            <source>Trying to reach it.</source>
            <translation>Tentative de reconnexion.</translation>
        </message>
    </context>
    <context>
        <name>Lesson</name>
        <message>
            <source>Nobody was seen, so there is no take.</source>
            <translation>Personne n’a été vu, il n’y a donc pas de prise.</translation>
        </message>
        <message>
            <source>The source is gone: the take ends there, after {time}.</source>
            <translation>La source n’est plus là : la prise s’arrête là, après {time}.</translation>
        </message>
        <message>
            <source>You were out of sight: the take ends there, after {time}.</source>
            <translation>Vous étiez hors de vue : la prise s’arrête là, après {time}.</translation>
        </message>
    </context>
    <context>
        <name>LibraryCalls</name>
        <message>
            <source>Something went wrong that never should ({name}: {words}); please report it.</source>
            <translation>Une erreur qui ne devrait jamais arriver s’est produite ({name} : {words}) ; merci de la signaler.</translation>
        </message>
    </context>
    <context>
        <name>LookActions</name>
        <message>
            <source>&amp;Dark</source>
            <translation>&amp;Sombre</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>&amp;Clair</translation>
        </message>
        <message>
            <source>As the &amp;system</source>
            <translation>Comme le s&amp;ystème</translation>
        </message>
        <message>
            <source>Larger text</source>
            <translation>Texte plus grand</translation>
        </message>
        <message>
            <source>Ordinary text</source>
            <translation>Texte normal</translation>
        </message>
        <message>
            <source>Smaller text</source>
            <translation>Texte plus petit</translation>
        </message>
        <message>
            <source>T&amp;heme</source>
            <translation>T&amp;hème</translation>
        </message>
    </context>
    <context>
        <name>LookPage</name>
        <message>
            <source>As last chosen</source>
            <translation>Comme au dernier choix</translation>
        </message>
        <message>
            <source>As the system</source>
            <translation>Comme le système</translation>
        </message>
        <message>
            <source>Cameras, as last chosen</source>
            <translation>Caméras, comme avant</translation>
        </message>
        <message>
            <source>Dancers expect to see themselves as in a mirror.</source>
            <translation>On s’attend à se voir comme dans un miroir.</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Sombre</translation>
        </message>
        <message>
            <source>Every source</source>
            <translation>Toutes les sources</translation>
        </message>
        <message>
            <source>Figures can stand in for the picture, which is then not kept either.</source>
            <translation>Des silhouettes peuvent remplacer l’image, qui n’est alors pas gardée non plus.</translation>
        </message>
        <message>
            <source>Fill the screen</source>
            <translation>Remplir l’écran</translation>
        </message>
        <message>
            <source>From the next start on.</source>
            <translation>Dès le prochain démarrage.</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Plein écran</translation>
        </message>
        <message>
            <source>Hands and feet leave trails of light.</source>
            <translation>Mains et pieds laissent des traînées de lumière.</translation>
        </message>
        <message>
            <source>Holds at once, and at every start. “As last chosen” leaves it to the menus and keys of the window, which remember what they were told.</source>
            <translation>S’applique aussitôt, et à chaque démarrage. « Comme au dernier choix » laisse faire les menus et raccourcis de la fenêtre, qui se souviennent de ce qu’on leur a dit.</translation>
        </message>
        <message>
            <source>Holds from the next start on.</source>
            <translation>S’applique au prochain démarrage.</translation>
        </message>
        <message>
            <source>Language</source>
            <translation>Langue</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Clair</translation>
        </message>
        <message>
            <source>Light or dark; what lies over the picture is dark in both.</source>
            <translation>Clair ou sombre ; ce qui recouvre l’image est sombre dans les deux.</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Apparence</translation>
        </message>
        <message>
            <source>Mirror</source>
            <translation>Miroir</translation>
        </message>
        <message>
            <source>No source</source>
            <translation>Aucune source</translation>
        </message>
        <message>
            <source>Not shown</source>
            <translation>Masquées</translation>
        </message>
        <message>
            <source>Of everything in the window.</source>
            <translation>De tout ce qui est dans la fenêtre.</translation>
        </message>
        <message>
            <source>Privacy</source>
            <translation>Vie privée</translation>
        </message>
        <message>
            <source>Shown</source>
            <translation>Visibles</translation>
        </message>
        <message>
            <source>Size of text</source>
            <translation>Taille du texte</translation>
        </message>
        <message>
            <source>Skeletons only</source>
            <translation>Squelettes seuls</translation>
        </message>
        <message>
            <source>The picture</source>
            <translation>L’image</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>Thème</translation>
        </message>
        <message>
            <source>Trails</source>
            <translation>Traînées</translation>
        </message>
    </context>
    <context>
        <name>Lookback</name>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message>
            <source>{minutes} min {seconds} s</source>
            <translation>{minutes} min {seconds} s</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{time} ago</source>
            <translation>il y a {time}</translation>
        </message>
    </context>
    <context>
        <name>LookbackCard</name>
        <message>
            <source>Back to live</source>
            <translation>Retour au direct</translation>
        </message>
        <message>
            <source>Back to the end</source>
            <translation>Retour à la fin</translation>
        </message>
        <message>
            <source>End</source>
            <translation>Fin</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Open a recording</source>
            <translation>Ouvrir un enregistrement</translation>
        </message>
        <message>
            <source>Open a video</source>
            <translation>Ouvrir une vidéo</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>Outils</translation>
        </message>
        <message>
            <source>Videos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v *.mpg *.ts);;All files (*)</source>
            <translation>Vidéos (*.mp4 *.mov *.mkv *.webm *.avi *.m4v *.mpg *.ts);;Tous les fichiers (*)</translation>
        </message>
    </context>
    <context>
        <name>ModelWords</name>
        <message>
            <source>A model you added: slow without a GPU, and steady where dancers cover each other.</source>
            <translation>Un modèle que vous avez ajouté : lent sans GPU, stable quand les danseurs se cachent l’un l’autre.</translation>
        </message>
        <message>
            <source>An NVIDIA GPU if there is one, else the CPU; here: {name}.</source>
            <translation>Un GPU NVIDIA s’il y en a un, sinon le processeur ; ici : {name}.</translation>
        </message>
        <message>
            <source>Any GPU under Windows.</source>
            <translation>Tout GPU sous Windows.</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>Automatique</translation>
        </message>
        <message>
            <source>Every machine has it, and it never fails.</source>
            <translation>Chaque machine en a un, et il ne fait jamais défaut.</translation>
        </message>
        <message>
            <source>Finds everyone and their keypoints in one go: rougher, and as fast with six dancers as with one.</source>
            <translation>Trouve tout le monde et les points clés d’un coup : moins précis, aussi rapide à six qu’à un.</translation>
        </message>
        <message>
            <source>GPU and neural engine of a Mac.</source>
            <translation>GPU et moteur neuronal d’un Mac.</translation>
        </message>
        <message>
            <source>MoveNet finds the people and BlazePose reads each of them closely: the more precise of the two that are shipped.</source>
            <translation>MoveNet trouve les personnes, BlazePose lit chacune de près : le plus précis des deux modèles livrés.</translation>
        </message>
        <message>
            <source>Needs Windows, and the package onnxruntime-directml.</source>
            <translation>Il faut Windows et le paquet onnxruntime-directml.</translation>
        </message>
        <message>
            <source>Needs a Mac.</source>
            <translation>Il faut un Mac.</translation>
        </message>
        <message>
            <source>Needs the GPU edition: pip install choreai-live[gpu].</source>
            <translation>Il faut l’édition GPU : pip install choreai-live[gpu].</translation>
        </message>
        <message>
            <source>Needs the package onnxruntime-openvino.</source>
            <translation>Il faut le paquet onnxruntime-openvino.</translation>
        </message>
        <message>
            <source>No NVIDIA GPU was found, or no driver for it.</source>
            <translation>Aucun GPU NVIDIA trouvé, ou pas de pilote.</translation>
        </message>
        <message>
            <source>None was added yet: `choreai-live models add alphapose FILE` does it, with a checkpoint of AlphaPose.</source>
            <translation>Aucun n’a encore été ajouté : `choreai-live models add alphapose FILE` le fait, avec un point de contrôle d’AlphaPose.</translation>
        </message>
        <message>
            <source>Processors and graphics of Intel.</source>
            <translation>Processeurs et puces graphiques Intel.</translation>
        </message>
        <message>
            <source>The GPU of NVIDIA, with models built for it, which takes minutes the first time.</source>
            <translation>Le GPU NVIDIA, avec des modèles faits pour lui : plusieurs minutes la première fois.</translation>
        </message>
        <message>
            <source>The GPU of NVIDIA.</source>
            <translation>Le GPU NVIDIA.</translation>
        </message>
        <message>
            <source>The installed ONNX Runtime was built without it.</source>
            <translation>L’ONNX Runtime installé a été construit sans lui.</translation>
        </message>
        <message>
            <source>The model of AlphaPose that was added last.</source>
            <translation>Le modèle AlphaPose ajouté en dernier.</translation>
        </message>
    </context>
    <context>
        <name>ModelsPage</name>
        <message>
            <source>A file of your own, as `choreai-live train` makes them.</source>
            <translation>Un fichier à vous, comme `choreai-live train` les produit.</translation>
        </message>
        <message>
            <source>As suits the cores</source>
            <translation>Selon les cœurs</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Does not start</source>
            <translation>Ne démarre pas</translation>
        </message>
        <message>
            <source>Execution provider</source>
            <translation>Moteur d’exécution</translation>
        </message>
        <message>
            <source>Half (fp16)</source>
            <translation>Demi (fp16)</translation>
        </message>
        <message>
            <source>Half is faster on a GPU, and brings nothing on the CPU.</source>
            <translation>La demi-précision est plus rapide sur un GPU et n’apporte rien au processeur.</translation>
        </message>
        <message>
            <source>Looking at what this machine has…</source>
            <translation>Examen de cette machine…</translation>
        </message>
        <message>
            <source>Measure speeds</source>
            <translation>Mesurer les vitesses</translation>
        </message>
        <message>
            <source>Measured here with one dancer, {date}.</source>
            <translation>Mesuré ici avec un danseur, {date}.</translation>
        </message>
        <message>
            <source>Measuring</source>
            <translation>Mesure</translation>
        </message>
        <message>
            <source>Models</source>
            <translation>Modèles</translation>
        </message>
        <message>
            <source>Of the models on the CPU; more than there are cores make it slower.</source>
            <translation>Pour les modèles sur le processeur ; plus que de cœurs, et c’est plus lent.</translation>
        </message>
        <message>
            <source>Pose model</source>
            <translation>Modèle de pose</translation>
        </message>
        <message>
            <source>Precision</source>
            <translation>Précision</translation>
        </message>
        <message>
            <source>Runs every choice for a few seconds, with one dancer of the demo. The source rests meanwhile.</source>
            <translation>Essaie chaque choix quelques secondes avec le danseur de démo. La source se repose pendant ce temps.</translation>
        </message>
        <message>
            <source>Runs on the CPU instead</source>
            <translation>Passe sur le processeur</translation>
        </message>
        <message>
            <source>Single (fp32)</source>
            <translation>Simple (fp32)</translation>
        </message>
        <message>
            <source>Style model</source>
            <translation>Modèle de style</translation>
        </message>
        <message>
            <source>Style models (*.onnx);;All files (*)</source>
            <translation>Modèles de style (*.onnx);;Tous les fichiers (*)</translation>
        </message>
        <message>
            <source>The shipped one</source>
            <translation>Celui qui est livré</translation>
        </message>
        <message>
            <source>Threads</source>
            <translation>Fils d’exécution</translation>
        </message>
        <message>
            <source>{model} on {provider} cannot be measured: {why}</source>
            <translation>{model} sur {provider} ne peut être mesuré : {why}</translation>
        </message>
        <message>
            <source>{number} of {count}: {model} on {provider}</source>
            <translation>{number} sur {count} : {model} sur {provider}</translation>
        </message>
        <message>
            <source>{rate} fps</source>
            <translation>{rate} i/s</translation>
        </message>
        <message>
            <source>{time} ms</source>
            <translation>{time} ms</translation>
        </message>
    </context>
    <context>
        <name>NamingPage</name>
        <message>
            <source>&amp;Name</source>
            <translation>&amp;Nom</translation>
        </message>
        <message>
            <source>&amp;Start</source>
            <translation>&amp;Commencer</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Dance it for 30 to 60 seconds in front of the camera; it is learned at once.</source>
            <translation>Dansez-le 30 à 60 secondes devant la caméra ; il est appris aussitôt.</translation>
        </message>
        <message>
            <source>It is</source>
            <translation>C’est</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>Nom</translation>
        </message>
        <message>
            <source>Teach a style</source>
            <translation>Enseigner un style</translation>
        </message>
        <message>
            <source>a move of {style}</source>
            <translation>un pas de {style}</translation>
        </message>
        <message>
            <source>a style of its own</source>
            <translation>un style à part entière</translation>
        </message>
        <message>
            <source>azonto, my solo, bar 3…</source>
            <translation>azonto, mon solo, mesure 3…</translation>
        </message>
        <message>
            <source>{name} is known already: what you dance is added.</source>
            <translation>{name} est déjà connu : ce que vous dansez s’y ajoute.</translation>
        </message>
    </context>
    <context>
        <name>NoCameraStrip</name>
        <message>
            <source>Choose a source</source>
            <translation>Choisir une source</translation>
        </message>
        <message>
            <source>Got it</source>
            <translation>Compris</translation>
        </message>
        <message>
            <source>Look again</source>
            <translation>Chercher à nouveau</translation>
        </message>
        <message>
            <source>No camera was found, so the demo dancer is on. Plug a camera in and look again, or choose a file or stream.</source>
            <translation>Aucune caméra trouvée : voici le danseur de démo. Branchez une caméra et cherchez à nouveau, ou choisissez un fichier ou un flux.</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Got it</source>
            <translation>Compris</translation>
        </message>
    </context>
    <context>
        <name>Page</name>
        <message>
            <source>This time the command line decides ({option}).</source>
            <translation>Cette fois, la ligne de commande décide ({option}).</translation>
        </message>
    </context>
    <context>
        <name>PathField</name>
        <message>
            <source>Choose: {what}</source>
            <translation>Choisir : {what}</translation>
        </message>
        <message>
            <source>Choose…</source>
            <translation>Choisir…</translation>
        </message>
    </context>
    <context>
        <name>PictureActions</name>
        <message>
            <source>&amp;Trails</source>
            <translation>&amp;Traînées</translation>
        </message>
        <message>
            <source>Figures instead of the picture</source>
            <translation>Des silhouettes à la place de l’image</translation>
        </message>
        <message>
            <source>Hands and feet leave trails of light</source>
            <translation>Mains et pieds laissent des traînées de lumière</translation>
        </message>
        <message>
            <source>Skeletons &amp;only</source>
            <translation>Squelettes se&amp;uls</translation>
        </message>
    </context>
    <context>
        <name>PinPad</name>
        <message>
            <source>Back to the dance</source>
            <translation>Retour à la danse</translation>
        </message>
        <message>
            <source>Delete</source>
            <translation>Effacer</translation>
        </message>
        <message>
            <source>Enter the PIN to leave.</source>
            <translation>Entrez le code pour quitter.</translation>
        </message>
        <message>
            <source>OK</source>
            <translation>OK</translation>
        </message>
        <message>
            <source>Staff only</source>
            <translation>Réservé au personnel</translation>
        </message>
        <message>
            <source>Try again.</source>
            <translation>Essayez encore.</translation>
        </message>
        <message>
            <source>Wrong PIN. Again in {seconds} s.</source>
            <translation>Code erroné. Encore {seconds} s.</translation>
        </message>
    </context>
    <context>
        <name>Preferences</name>
        <message>
            <source>Holds for every source that is opened from now on; “Reopen” opens the present one again.</source>
            <translation>S’applique à chaque source ouverte désormais ; « Rouvrir » rouvre celle du moment.</translation>
        </message>
        <message>
            <source>Speeds can be measured once nothing is recorded any more.</source>
            <translation>Les vitesses se mesurent quand plus rien ne s’enregistre.</translation>
        </message>
        <message>
            <source>as usual</source>
            <translation>comme d’habitude</translation>
        </message>
    </context>
    <context>
        <name>PreferencesDialog</name>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Holds from the next start on.</source>
            <translation>S’applique au prochain démarrage.</translation>
        </message>
        <message>
            <source>Not saved: {why}</source>
            <translation>Non enregistré : {why}</translation>
        </message>
        <message>
            <source>Nothing can be saved: {why}</source>
            <translation>Rien ne peut être enregistré : {why}</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Pages</translation>
        </message>
        <message>
            <source>Reset this page</source>
            <translation>Rétablir cette page</translation>
        </message>
        <message>
            <source>Saved to {path}</source>
            <translation>Enregistré dans {path}</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
    </context>
    <context>
        <name>ProbabilityBars</name>
        <message>
            <source>Probabilities</source>
            <translation>Probabilités</translation>
        </message>
        <message>
            <source>{percent}%</source>
            <translation>{percent} %</translation>
        </message>
    </context>
    <context>
        <name>Reading</name>
        <message>
            <source>Clear timeline</source>
            <translation>Effacer la frise</translation>
        </message>
    </context>
    <context>
        <name>ReadoutHint</name>
        <message>
            <source>Come a little closer.</source>
            <translation>Approchez-vous un peu.</translation>
        </message>
        <message>
            <source>It is too dark here. More light would help.</source>
            <translation>Il fait trop sombre ici. Un peu plus de lumière aiderait.</translation>
        </message>
        <message>
            <source>Just started. Give it a few seconds.</source>
            <translation>Ça commence à peine. Encore quelques secondes.</translation>
        </message>
        <message>
            <source>Somebody is in the way. Leave each other some room.</source>
            <translation>Quelqu’un gêne la vue. Laissez un peu de place entre vous.</translation>
        </message>
        <message>
            <source>Something is in the way, or you are half out of view.</source>
            <translation>Quelque chose gêne la vue, ou vous êtes à moitié hors champ.</translation>
        </message>
        <message>
            <source>Step back so that your legs are in view.</source>
            <translation>Reculez pour qu’on voie vos jambes.</translation>
        </message>
    </context>
    <context>
        <name>ReadoutPanel</name>
        <message>
            <source>Dancer {number}</source>
            <translation>Danseur {number}</translation>
        </message>
        <message>
            <source>Just a moment.</source>
            <translation>Un instant.</translation>
        </message>
        <message>
            <source>Leaning towards {style}.</source>
            <translation>Plutôt {style}.</translation>
        </message>
        <message>
            <source>Nobody here</source>
            <translation>Personne ici</translation>
        </message>
        <message>
            <source>Now dancing</source>
            <translation>Style dansé</translation>
        </message>
        <message>
            <source>Readout</source>
            <translation>Lecture du style</translation>
        </message>
        <message>
            <source>Step into the picture and dance.</source>
            <translation>Entrez dans l’image et dansez.</translation>
        </message>
        <message>
            <source>This may be a style that was never taught.</source>
            <translation>C’est peut-être un style jamais appris.</translation>
        </message>
        <message>
            <source>Was dancing</source>
            <translation>On dansait</translation>
        </message>
        <message>
            <source>Watching</source>
            <translation>Observation</translation>
        </message>
        <message>
            <source>and {number} more</source>
            <translation>et {number} de plus</translation>
        </message>
        <message>
            <source>sure</source>
            <translation>sûr</translation>
        </message>
        <message>
            <source>sure, for {minutes} min {seconds} s</source>
            <translation>sûr, depuis {minutes} min {seconds} s</translation>
        </message>
        <message>
            <source>sure, for {seconds} s</source>
            <translation>sûr, depuis {seconds} s</translation>
        </message>
        <message>
            <source>{percent}%</source>
            <translation>{percent} %</translation>
        </message>
        <message>
            <source>{style}, {percent}%</source>
            <translation>{style}, {percent} %</translation>
        </message>
    </context>
    <context>
        <name>RecentSection</name>
        <message>
            <source>Cannot be read</source>
            <translation>Illisible</translation>
        </message>
        <message>
            <source>Clear list</source>
            <translation>Vider la liste</translation>
        </message>
        <message>
            <source>Delete takes it off the list</source>
            <translation>Suppr le retire de la liste</translation>
        </message>
        <message>
            <source>Its secret part is not kept</source>
            <translation>Partie secrète non gardée</translation>
        </message>
        <message>
            <source>Not there any more</source>
            <translation>N’existe plus</translation>
        </message>
        <message>
            <source>Password: from the keyring</source>
            <translation>Mot de passe : trousseau</translation>
        </message>
        <message>
            <source>Watched before</source>
            <translation>Déjà regardé</translation>
        </message>
    </context>
    <context>
        <name>RecordingControl</name>
        <message>
            <source>A recording had been interrupted, and is finished now: {path}.</source>
            <translation>Un enregistrement interrompu vient d’être terminé : {path}.</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Enregistrer</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>{time} recorded to {path}.</source>
            <translation>{time} enregistré dans {path}.</translation>
        </message>
    </context>
    <context>
        <name>RecordingPage</name>
        <message>
            <source> MB</source>
            <translation> Mo</translation>
        </message>
        <message>
            <source> min</source>
            <translation> min</translation>
        </message>
        <message>
            <source>Another file is begun after so long.</source>
            <translation>Un autre fichier commence après cette durée.</translation>
        </message>
        <message>
            <source>Another file is begun at that size.</source>
            <translation>Un autre fichier commence à cette taille.</translation>
        </message>
        <message>
            <source>Any size</source>
            <translation>Toute taille</translation>
        </message>
        <message>
            <source>Draw them in</source>
            <translation>Les dessiner dedans</translation>
        </message>
        <message>
            <source>Each recording gets a folder of its own in it.</source>
            <translation>Chaque enregistrement y reçoit son propre dossier.</translation>
        </message>
        <message>
            <source>Folder</source>
            <translation>Dossier</translation>
        </message>
        <message>
            <source>Holds from the next recording on.</source>
            <translation>S’applique au prochain enregistrement.</translation>
        </message>
        <message>
            <source>It records by itself, and a sign on the screen says so.</source>
            <translation>Elle enregistre d’elle-même, et un signe à l’écran le dit.</translation>
        </message>
        <message>
            <source>Keep pictures</source>
            <translation>Garder les images</translation>
        </message>
        <message>
            <source>Length of a file</source>
            <translation>Durée d’un fichier</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Enregistrer</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Enregistrement</translation>
        </message>
        <message>
            <source>Recording stops, and is whole, once less than this is free.</source>
            <translation>L’enregistrement s’arrête, complet, dès qu’il reste moins que cela.</translation>
        </message>
        <message>
            <source>Room to leave on the disk</source>
            <translation>Place à laisser sur le disque</translation>
        </message>
        <message>
            <source>Size of a file</source>
            <translation>Taille d’un fichier</translation>
        </message>
        <message>
            <source>Skeletons and styles become part of its pictures, and cannot be taken out.</source>
            <translation>Squelettes et styles font alors partie des images, et on ne peut plus les retirer.</translation>
        </message>
        <message>
            <source>Skeletons in the video</source>
            <translation>Squelettes dans la vidéo</translation>
        </message>
        <message>
            <source>The kiosk</source>
            <translation>La borne</translation>
        </message>
        <message>
            <source>Video</source>
            <translation>Vidéo</translation>
        </message>
        <message>
            <source>Without pictures only skeletons and readouts are kept.</source>
            <translation>Sans images, seuls squelettes et lectures sont gardés.</translation>
        </message>
    </context>
    <context>
        <name>RecordingSign</name>
        <message>
            <source>REC {time}</source>
            <translation>REC {time}</translation>
        </message>
        <message>
            <source>Recording</source>
            <translation>Enregistrement en cours</translation>
        </message>
        <message>
            <source>Recording, without the picture</source>
            <translation>Enregistrement en cours, sans l’image</translation>
        </message>
    </context>
    <context>
        <name>ResultPage</name>
        <message>
            <source>&amp;Undo</source>
            <translation>Ann&amp;uler</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Keep dancing if you like: nothing stops meanwhile.</source>
            <translation>Continuez à danser si vous voulez : rien ne s’arrête pendant ce temps.</translation>
        </message>
        <message>
            <source>Learned in {seconds} s: keep dancing</source>
            <translation>Appris en {seconds} s : continuez à danser</translation>
        </message>
        <message>
            <source>Learning</source>
            <translation>Apprentissage</translation>
        </message>
        <message>
            <source>Learning {name}</source>
            <translation>Apprentissage de {name}</translation>
        </message>
        <message>
            <source>Teach &amp;another</source>
            <translation>En enseigner un &amp;autre</translation>
        </message>
        <message>
            <source>{name} is recognised from now on, by every source.</source>
            <translation>{name} est reconnu dès maintenant, par toutes les sources.</translation>
        </message>
    </context>
    <context>
        <name>Sentences</name>
        <message>
            <source>'{name}' came with the program and stays as it is: switch its pack off instead.</source>
            <translation>« {name} » est fourni avec le programme et reste tel quel : désactivez plutôt son paquet.</translation>
        </message>
        <message>
            <source>'{name}' is known already: correct it, or choose another name.</source>
            <translation>« {name} » est déjà connu : corrigez-le, ou choisissez un autre nom.</translation>
        </message>
        <message>
            <source>'{name}' means that no style is danced: choose another name.</source>
            <translation>« {name} » signifie qu’aucun style n’est dansé : choisissez un autre nom.</translation>
        </message>
        <message>
            <source>A style needs a name of 1 to {number} letters: choose another one.</source>
            <translation>Un style demande un nom de 1 à {number} lettres : choisissez-en un autre.</translation>
        </message>
        <message>
            <source>A take of {time} s is too short to learn from: dance for half a minute or more.</source>
            <translation>Une prise de {time} s est trop courte pour apprendre : dansez une demi-minute ou plus.</translation>
        </message>
        <message>
            <source>Camera {number}</source>
            <translation>Caméra {number}</translation>
        </message>
        <message>
            <source>Half precision brings nothing on {provider}; computing in fp32 instead.</source>
            <translation>La demi-précision n’apporte rien sur {provider} ; calcul en fp32.</translation>
        </message>
        <message>
            <source>No log can be kept in {folder} ({reason}): it goes to standard error.</source>
            <translation>Aucun journal ne peut être tenu dans {folder} ({reason}) : il va vers la sortie d’erreur.</translation>
        </message>
        <message>
            <source>Nothing can be recorded to {path} ({reason}): choose another folder or make room there.</source>
            <translation>Impossible d’enregistrer dans {path} ({reason}) : choisissez un autre dossier ou libérez de la place.</translation>
        </message>
        <message>
            <source>Recording stopped because less than {room} are free on the disk with {folder}: make room there, or record to another disk.</source>
            <translation>Enregistrement arrêté : il reste moins de {room} sur le disque de {folder}. Libérez de la place ou changez de disque.</translation>
        </message>
        <message>
            <source>Recording stopped because the disk with {session} is full: make room there, or record to another disk.</source>
            <translation>Enregistrement arrêté : le disque de {session} est plein. Libérez de la place ou changez de disque.</translation>
        </message>
        <message>
            <source>Recording stopped because the disk with {session} is too slow: record to another disk.</source>
            <translation>Enregistrement arrêté : le disque de {session} est trop lent. Changez de disque.</translation>
        </message>
        <message>
            <source>Recording stopped because {session} cannot be written ({reason}): check the disk, or record to another one.</source>
            <translation>Enregistrement arrêté : impossible d’écrire {session} ({reason}). Vérifiez le disque ou changez-en.</translation>
        </message>
        <message>
            <source>The default settings are used, because {reason}</source>
            <translation>Les réglages d’origine sont utilisés, car : {reason}</translation>
        </message>
        <message>
            <source>The installed ONNX Runtime has no '{provider}' provider: choose one of {known}, or install the ONNX Runtime package that has it.</source>
            <translation>L’ONNX Runtime installé n’a pas de fournisseur « {provider} » : choisissez parmi {known}, ou installez le paquet ONNX Runtime qui le contient.</translation>
        </message>
        <message>
            <source>The last good settings are used, because {reason}</source>
            <translation>Les derniers bons réglages sont utilisés, car : {reason}</translation>
        </message>
        <message>
            <source>There is a style '{name}' already: merge the two, or choose another name.</source>
            <translation>Il y a déjà un style « {name} » : regroupez les deux, ou choisissez un autre nom.</translation>
        </message>
        <message>
            <source>There is no camera at {device}; choose one of those found: {found}.</source>
            <translation>Il n’y a pas de caméra à {device} ; choisissez parmi celles trouvées : {found}.</translation>
        </message>
        <message>
            <source>There is no camera at {device}; plug one in.</source>
            <translation>Il n’y a pas de caméra à {device} ; il faut en brancher une.</translation>
        </message>
        <message>
            <source>There is no file or folder '{path}'; check how it is written.</source>
            <translation>Il n’y a ni fichier ni dossier « {path} » ; vérifiez l’orthographe.</translation>
        </message>
        <message>
            <source>There is no file or folder {path}; check how it is written.</source>
            <translation>Il n’y a ni fichier ni dossier {path} ; vérifiez l’orthographe.</translation>
        </message>
        <message>
            <source>Weights trained here; the training data allow research, not commercial use (see style.md)</source>
            <translation>Poids entraînés ici ; les données permettent la recherche, pas l’usage commercial (voir style.md)</translation>
        </message>
        <message>
            <source>cannot be read</source>
            <translation>illisible</translation>
        </message>
        <message>
            <source>finds up to six people in a picture, with 17 keypoints each</source>
            <translation>trouve jusqu’à six personnes dans une image, avec 17 points clés chacune</translation>
        </message>
        <message>
            <source>reads 33 landmarks from an upright square crop of one dancer</source>
            <translation>lit 33 repères dans un carré droit autour d’une personne</translation>
        </message>
        <message>
            <source>reads afrobeat, classical, hip-hop or none of them from one dancer's keypoints over time</source>
            <translation>lit afrobeat, classique, hip-hop ou aucun d’eux dans les points clés d’une personne au fil du temps</translation>
        </message>
        <message>
            <source>see its maker</source>
            <translation>voir son auteur</translation>
        </message>
        <message>
            <source>the CPU</source>
            <translation>le processeur</translation>
        </message>
        <message>
            <source>{file} cannot be taught, as it has no embedding; use the shipped style model, or export yours again with this version.</source>
            <translation>On ne peut rien enseigner à {file}, qui n’a pas de plongement ; utilisez le modèle de style fourni, ou exportez à nouveau le vôtre avec cette version.</translation>
        </message>
        <message>
            <source>{name} broke off ({reason}).</source>
            <translation>{name} s’est interrompu ({reason}).</translation>
        </message>
        <message>
            <source>{name} broke off ({reason}); check the network and the camera, and open it again.</source>
            <translation>{name} s’est interrompu ({reason}) ; vérifiez le réseau et la caméra, puis rouvrez la source.</translation>
        </message>
        <message>
            <source>{name} cannot be opened; close other programs that use it, or plug it in again.</source>
            <translation>Impossible d’ouvrir {name} ; fermez les autres programmes qui l’utilisent, ou rebranchez-la.</translation>
        </message>
        <message>
            <source>{name} cannot be reached ({reason}); check address and network.</source>
            <translation>{name} est injoignable ({reason}) ; vérifiez l’adresse et le réseau.</translation>
        </message>
        <message>
            <source>{name} cannot be reached: nothing listens there; check host and port.</source>
            <translation>{name} est injoignable : rien n’écoute là ; vérifiez l’hôte et le port.</translation>
        </message>
        <message>
            <source>{name} did not answer within {seconds} seconds; check the network.</source>
            <translation>{name} n’a pas répondu en {seconds} secondes ; vérifiez le réseau.</translation>
        </message>
        <message>
            <source>{name} did not answer; check the network.</source>
            <translation>{name} n’a pas répondu ; vérifiez le réseau.</translation>
        </message>
        <message>
            <source>{name} does not send video that can be read; check the address.</source>
            <translation>{name} n’envoie pas de vidéo lisible ; vérifiez l’adresse.</translation>
        </message>
        <message>
            <source>{name} ended before its first picture; check the source.</source>
            <translation>{name} s’est terminé avant sa première image ; vérifiez la source.</translation>
        </message>
        <message>
            <source>{name} ended.</source>
            <translation>{name} s’est terminé.</translation>
        </message>
        <message>
            <source>{name} ended; open it again if it should go on.</source>
            <translation>{name} s’est terminé ; rouvrez la source si elle doit continuer.</translation>
        </message>
        <message>
            <source>{name} failed unexpectedly ({kind}).</source>
            <translation>{name} a échoué de façon inattendue ({kind}).</translation>
        </message>
        <message>
            <source>{name} gave no picture within {seconds} seconds; check that it works elsewhere, then try again.</source>
            <translation>{name} n’a donné aucune image en {seconds} secondes ; vérifiez que la source marche ailleurs, puis réessayez.</translation>
        </message>
        <message>
            <source>{name} has sent no picture for {seconds} seconds.</source>
            <translation>{name} n’envoie plus d’image depuis {seconds} secondes.</translation>
        </message>
        <message>
            <source>{name} has sent no picture for {seconds} seconds; check the connection and open it again.</source>
            <translation>{name} n’envoie plus d’image depuis {seconds} secondes ; vérifiez la connexion et rouvrez la source.</translation>
        </message>
        <message>
            <source>{name} is not known to the server; check the part after the host name.</source>
            <translation>Le serveur ne connaît pas {name} ; vérifiez ce qui suit le nom d’hôte.</translation>
        </message>
        <message>
            <source>{name} is not there; plug it in again.</source>
            <translation>{name} n’est plus là ; rebranchez-la.</translation>
        </message>
        <message>
            <source>{name} is refused by the server; check the address.</source>
            <translation>Le serveur refuse {name} ; vérifiez l’adresse.</translation>
        </message>
        <message>
            <source>{name} may not be used by you ({device} is protected); join the group that owns it, usually 'video', and log in again.</source>
            <translation>Vous n’avez pas le droit d’utiliser {name} ({device} est protégé) ; rejoignez le groupe propriétaire, en général « video », et reconnectez-vous.</translation>
        </message>
        <message>
            <source>{name} opens but gives no picture; plug it in again, or choose another.</source>
            <translation>{name} s’ouvre mais ne donne pas d’image ; rebranchez-la, ou choisissez-en une autre.</translation>
        </message>
        <message>
            <source>{name} refused the user name or password; check both.</source>
            <translation>{name} a refusé le nom ou le mot de passe ; vérifiez les deux.</translation>
        </message>
        <message>
            <source>{name} sends nothing any more.</source>
            <translation>{name} n’envoie plus rien.</translation>
        </message>
        <message>
            <source>{name} sends nothing any more; check the network and the camera, and open it again.</source>
            <translation>{name} n’envoie plus rien ; vérifiez le réseau et la caméra, puis rouvrez la source.</translation>
        </message>
        <message>
            <source>{name} stopped giving pictures.</source>
            <translation>{name} ne donne plus d’images.</translation>
        </message>
        <message>
            <source>{name} stopped giving pictures; plug it in again and reopen it.</source>
            <translation>{name} ne donne plus d’images ; rebranchez-la et rouvrez-la.</translation>
        </message>
        <message>
            <source>{name} wants a user name and password; write {address}, or keep them with `{command}`.</source>
            <translation>{name} demande un nom et un mot de passe ; écrivez {address}, ou gardez-les avec `{command}`.</translation>
        </message>
        <message>
            <source>{path} cannot be made ({reason}): choose another folder for taught styles in the settings.</source>
            <translation>{path} ne peut être créé ({reason}) : choisissez un autre dossier pour les styles enseignés dans les réglages.</translation>
        </message>
        <message>
            <source>{path} cannot be read ({reason}), so nothing is changed: check who may read it.</source>
            <translation>{path} ne peut être lu ({reason}), rien n’est donc changé : vérifiez qui peut le lire.</translation>
        </message>
        <message>
            <source>{path} cannot be read, so no style is muted and every pack is on: choose again.</source>
            <translation>{path} ne peut être lu, aucun style n’est donc muet et tous les paquets sont actifs : choisissez à nouveau.</translation>
        </message>
        <message>
            <source>{path} cannot be read: {reason}.</source>
            <translation>Impossible de lire {path} : {reason}.</translation>
        </message>
        <message>
            <source>{path} cannot be removed ({reason}): check who may write there.</source>
            <translation>{path} ne peut être supprimé ({reason}) : vérifiez qui peut y écrire.</translation>
        </message>
        <message>
            <source>{path} cannot be written ({reason}): choose another place or make room there.</source>
            <translation>Impossible d’écrire {path} ({reason}) : choisissez un autre endroit ou libérez de la place.</translation>
        </message>
        <message>
            <source>{path} could not be read any further ({reason}); check the disk it is on.</source>
            <translation>La lecture de {path} s’est arrêtée ({reason}) ; vérifiez le disque.</translation>
        </message>
        <message>
            <source>{path} has no moving pictures in it; choose a video.</source>
            <translation>{path} ne contient pas d’images animées ; choisissez une vidéo.</translation>
        </message>
        <message>
            <source>{path} holds no picture that can be decoded; copy or record it again.</source>
            <translation>{path} ne contient aucune image lisible ; recopiez-le ou réenregistrez-le.</translation>
        </message>
        <message>
            <source>{path} is a folder: name a file in it.</source>
            <translation>{path} est un dossier : indiquez un fichier.</translation>
        </message>
        <message>
            <source>{path} is a text, not a video; choose another file.</source>
            <translation>{path} est un texte, pas une vidéo ; choisissez un autre fichier.</translation>
        </message>
        <message>
            <source>{path} is compressed in a way that cannot be read here; convert it to H.264.</source>
            <translation>{path} est compressé d’une façon illisible ici ; convertissez-le en H.264.</translation>
        </message>
        <message>
            <source>{path} is damaged, its contents are not those it was written with: get it again from where it came from.</source>
            <translation>{path} est abîmé, son contenu n’est pas celui d’origine : reprenez-le là d’où il vient.</translation>
        </message>
        <message>
            <source>{path} is empty (0 bytes); copy or record it again.</source>
            <translation>{path} est vide (0 octet) ; recopiez-le ou réenregistrez-le.</translation>
        </message>
        <message>
            <source>{path} is no style pack of this program: choose a {ending} file that it exported.</source>
            <translation>{path} n’est pas un paquet de styles de ce programme : choisissez un fichier {ending} qu’il a exporté.</translation>
        </message>
        <message>
            <source>{path} is not a video that can be read.</source>
            <translation>{path} n’est pas une vidéo lisible.</translation>
        </message>
        <message>
            <source>{path} is not a video that can be read; choose another file or convert it.</source>
            <translation>{path} n’est pas une vidéo lisible ; choisissez un autre fichier ou convertissez-le.</translation>
        </message>
        <message>
            <source>{path} is write-protected: choose another file.</source>
            <translation>{path} est protégé en écriture : choisissez un autre fichier.</translation>
        </message>
        <message>
            <source>{path} was cut off before its end, where its index is; copy or record it again.</source>
            <translation>{path} est coupé avant la fin, où se trouve son index ; recopiez-le ou réenregistrez-le.</translation>
        </message>
        <message>
            <source>{path} was taught with style model {theirs}, this program has {ours}, which sees dances differently: teach it again.</source>
            <translation>{path} a été enseigné avec le modèle de style {theirs}, ce programme a {ours}, qui voit les danses autrement : enseignez-le à nouveau.</translation>
        </message>
        <message>
            <source>{provider} could not run ({reason}); running on {other} instead.</source>
            <translation>{provider} n’a pas pu calculer ({reason}) ; {other} prend le relais.</translation>
        </message>
        <message>
            <source>{provider} could not start ({reason}); running on {other} instead.</source>
            <translation>{provider} n’a pas pu démarrer ({reason}) ; {other} prend le relais.</translation>
        </message>
        <message>
            <source>{provider} failed while it was running ({reason}); running on {other} instead.</source>
            <translation>{provider} a cessé de fonctionner ({reason}) ; {other} prend le relais.</translation>
        </message>
        <message>
            <source>{provider} is not usable on this machine; running on {other} instead.</source>
            <translation>{provider} n’est pas utilisable sur cette machine ; {other} prend le relais.</translation>
        </message>
    </context>
    <context>
        <name>SeveralActions</name>
        <message>
            <source>&amp;Add a source…</source>
            <translation>&amp;Ajouter une source…</translation>
        </message>
        <message>
            <source>&amp;Previous source</source>
            <translation>Source &amp;précédente</translation>
        </message>
        <message>
            <source>Add</source>
            <translation>Ajouter</translation>
        </message>
        <message>
            <source>Chosen &amp;source</source>
            <translation>Source &amp;choisie</translation>
        </message>
        <message>
            <source>Ne&amp;xt source</source>
            <translation>Source sui&amp;vante</translation>
        </message>
        <message>
            <source>Only the chos&amp;en source</source>
            <translation>Source ch&amp;oisie seule</translation>
        </message>
        <message>
            <source>Re&amp;move the chosen source</source>
            <translation>Retirer la source ch&amp;oisie</translation>
        </message>
        <message>
            <source>Source {number}</source>
            <translation>Source {number}</translation>
        </message>
    </context>
    <context>
        <name>Shortcuts</name>
        <message>
            <source>Also</source>
            <translation>Aussi</translation>
        </message>
    </context>
    <context>
        <name>ShortcutsDialog</name>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Raccourcis clavier</translation>
        </message>
    </context>
    <context>
        <name>SnapshotAction</name>
        <message>
            <source>Show in folder</source>
            <translation>Voir dans le dossier</translation>
        </message>
    </context>
    <context>
        <name>Snapshots</name>
        <message>
            <source>Picture saved as {path}.</source>
            <translation>Photo enregistrée sous {path}.</translation>
        </message>
        <message>
            <source>The last pictures are still being saved; try again soon.</source>
            <translation>Les dernières photos s’enregistrent encore ; réessayez bientôt.</translation>
        </message>
        <message>
            <source>The picture cannot be saved to {folder} ({reason}): make room there, or see that you may write to it.</source>
            <translation>L’image ne peut pas être enregistrée dans {folder} ({reason}) : faites-y de la place, ou vérifiez que vous pouvez y écrire.</translation>
        </message>
        <message>
            <source>The picture could not be saved ({why}).</source>
            <translation>La photo n’a pas pu être enregistrée ({why}).</translation>
        </message>
        <message>
            <source>The picture is too large to be saved.</source>
            <translation>L’image est trop grande pour être enregistrée.</translation>
        </message>
        <message>
            <source>There is no picture to save yet.</source>
            <translation>Il n’y a pas encore d’image à photographier.</translation>
        </message>
    </context>
    <context>
        <name>SourceEvents</name>
        <message>
            <source>Dancer {number}</source>
            <translation>Danseur {number}</translation>
        </message>
        <message>
            <source>Ended.</source>
            <translation>Terminé.</translation>
        </message>
        <message>
            <source>Frames are no longer dropped; {dropped} of {count} were.</source>
            <translation>Plus d’images perdues ; {dropped} sur {count} l’ont été.</translation>
        </message>
        <message>
            <source>Goes on.</source>
            <translation>Reprise.</translation>
        </message>
        <message>
            <source>Live again after {seconds} s.</source>
            <translation>De nouveau en direct après {seconds} s.</translation>
        </message>
        <message>
            <source>Live.</source>
            <translation>En direct.</translation>
        </message>
        <message>
            <source>Models are ready: {models} on {provider}.</source>
            <translation>Modèles prêts : {models} sur {provider}.</translation>
        </message>
        <message>
            <source>No picture comes.</source>
            <translation>Aucune image n’arrive.</translation>
        </message>
        <message>
            <source>Opening.</source>
            <translation>Ouverture.</translation>
        </message>
        <message>
            <source>Paused.</source>
            <translation>En pause.</translation>
        </message>
        <message>
            <source>Playing, {time} long.</source>
            <translation>Lecture, durée {time}.</translation>
        </message>
        <message>
            <source>Playing.</source>
            <translation>Lecture.</translation>
        </message>
        <message>
            <source>Reconnecting: {why}</source>
            <translation>Reconnexion : {why}</translation>
        </message>
        <message>
            <source>Recording goes on in part {number}.</source>
            <translation>L’enregistrement continue dans la partie {number}.</translation>
        </message>
        <message>
            <source>Recording to {path}.</source>
            <translation>Enregistrement dans {path}.</translation>
        </message>
        <message>
            <source>{dancer} came.</source>
            <translation>{dancer} arrive.</translation>
        </message>
        <message>
            <source>{dancer} went.</source>
            <translation>{dancer} s’en va.</translation>
        </message>
        <message>
            <source>{dancer}: {style}</source>
            <translation>{dancer} : {style}</translation>
        </message>
        <message>
            <source>{dropped} of {count} frames were dropped: the machine is behind.</source>
            <translation>{dropped} images sur {count} perdues : la machine ne suit pas.</translation>
        </message>
        <message>
            <source>{time} recorded to {path}.</source>
            <translation>{time} enregistré dans {path}.</translation>
        </message>
    </context>
    <context>
        <name>SourceInfo</name>
        <message>
            <source>Demo dancer</source>
            <translation>Danseur de démo</translation>
        </message>
    </context>
    <context>
        <name>SourceOpening</name>
        <message>
            <source>{name} is being used by another program ({program}); close it there and try again, or choose something else.</source>
            <translation>{name} est utilisée par un autre programme ({program}) ; fermez-la là-bas et réessayez, ou choisissez autre chose.</translation>
        </message>
        <message>
            <source>{name} is being watched in this program already; stop that and try again, or choose something else.</source>
            <translation>{name} est déjà regardée dans ce programme ; arrêtez cela et réessayez, ou choisissez autre chose.</translation>
        </message>
    </context>
    <context>
        <name>SourcePage</name>
        <message>
            <source>Holds from the next start on.</source>
            <translation>S’applique au prochain démarrage.</translation>
        </message>
        <message>
            <source>Number of a camera, a video, the address of a stream (rtsp, http), a folder of pictures, or demo. A password is better kept in the keyring: `choreai-live credentials set HOST`.</source>
            <translation>Numéro d’une caméra, vidéo, adresse d’un flux (rtsp, http), dossier d’images, ou demo. Un mot de passe est mieux dans le trousseau : `choreai-live credentials set HOST`.</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Source</translation>
        </message>
        <message>
            <source>Source at the start</source>
            <translation>Source au démarrage</translation>
        </message>
        <message>
            <source>TCP, nothing is lost</source>
            <translation>TCP, rien ne se perd</translation>
        </message>
        <message>
            <source>The first camera, or else the demo</source>
            <translation>La première caméra, sinon la démo</translation>
        </message>
        <message>
            <source>Transport of RTSP streams</source>
            <translation>Transport des flux RTSP</translation>
        </message>
        <message>
            <source>UDP</source>
            <translation>UDP</translation>
        </message>
        <message>
            <source>UDP is for cameras that offer nothing else.</source>
            <translation>UDP est pour les caméras qui n’offrent rien d’autre.</translation>
        </message>
    </context>
    <context>
        <name>SourcePicker</name>
        <message>
            <source>A video from this machine</source>
            <translation>Sur cette machine</translation>
        </message>
        <message>
            <source>Add a source</source>
            <translation>Ajouter une source</translation>
        </message>
        <message>
            <source>Always ready</source>
            <translation>Toujours prêt</translation>
        </message>
        <message>
            <source>Always there</source>
            <translation>Toujours là</translation>
        </message>
        <message>
            <source>Choose a source</source>
            <translation>Choisir une source</translation>
        </message>
        <message>
            <source>Demo dancer</source>
            <translation>Danseur de démo</translation>
        </message>
        <message>
            <source>Open a file</source>
            <translation>Fichier vidéo</translation>
        </message>
        <message>
            <source>Open a recording</source>
            <translation>Enregistrement</translation>
        </message>
        <message>
            <source>Or drop a file or an address here</source>
            <translation>Ou déposez ici un fichier ou une adresse</translation>
        </message>
        <message>
            <source>Recorded with this program</source>
            <translation>Fait avec ChoreAI</translation>
        </message>
        <message>
            <source>Write what stands as *** again; secrets are not kept.</source>
            <translation>Réécrivez ce qui est masqué par *** ; les secrets ne sont pas gardés.</translation>
        </message>
    </context>
    <context>
        <name>SourceWatch</name>
        <message>
            <source>No camera was found: plug one in, or name another source in the settings, [source] spec.</source>
            <translation>Aucune caméra trouvée : branchez-en une, ou indiquez une autre source dans les réglages, [source] spec.</translation>
        </message>
    </context>
    <context>
        <name>SpecField</name>
        <message>
            <source>Not kept: write the whole address, or leave its name and password to the keyring.</source>
            <translation>Non gardé : écrivez l’adresse entière, ou laissez nom et mot de passe au trousseau.</translation>
        </message>
    </context>
    <context>
        <name>Stage</name>
        <message>
            <source>Getting ready</source>
            <translation>Préparation</translation>
        </message>
        <message>
            <source>Loading the models.</source>
            <translation>Chargement des modèles.</translation>
        </message>
        <message>
            <source>No picture comes</source>
            <translation>Aucune image n’arrive</translation>
        </message>
        <message>
            <source>No style stood out</source>
            <translation>Aucun style ne se détache</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Ouverture</translation>
        </message>
        <message>
            <source>Picture</source>
            <translation>Image</translation>
        </message>
        <message>
            <source>Reconnecting</source>
            <translation>Reconnexion</translation>
        </message>
        <message>
            <source>Reconnecting in {seconds} s</source>
            <translation>Reconnexion dans {seconds} s</translation>
        </message>
        <message>
            <source>Reopen</source>
            <translation>Rouvrir</translation>
        </message>
        <message>
            <source>Replay</source>
            <translation>Rejouer</translation>
        </message>
        <message>
            <source>That was mostly {style}</source>
            <translation>Style dominant : {style}</translation>
        </message>
        <message>
            <source>The picture stopped coming</source>
            <translation>L’image n’arrive plus</translation>
        </message>
        <message>
            <source>Too short to tell</source>
            <translation>Trop court pour conclure</translation>
        </message>
        <message>
            <source>Try again</source>
            <translation>Réessayer</translation>
        </message>
        <message>
            <source>Try now</source>
            <translation>Essayer maintenant</translation>
        </message>
        <message>
            <source>{name} has ended.</source>
            <translation>{name} est terminé.</translation>
        </message>
        <message>
            <source>{name} lasts {seconds} seconds; a style shows after two or three seconds of dancing.</source>
            <translation>{name} dure {seconds} s ; un style se voit après deux ou trois secondes de danse.</translation>
        </message>
        <message>
            <source>{part} of {total} seconds of {name}</source>
            <translation>{part} secondes sur {total} de {name}</translation>
        </message>
    </context>
    <context>
        <name>StateWords</name>
        <message>
            <source>Connection lost</source>
            <translation>Connexion perdue</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Préparation</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>En direct</translation>
        </message>
        <message>
            <source>No picture</source>
            <translation>Pas d’image</translation>
        </message>
        <message>
            <source>Not opened</source>
            <translation>Non ouverte</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Ouverture</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pause</translation>
        </message>
        <message>
            <source>Playing</source>
            <translation>Lecture</translation>
        </message>
        <message>
            <source>Reconnecting</source>
            <translation>Reconnexion</translation>
        </message>
        <message>
            <source>Reconnecting in {seconds} s</source>
            <translation>Reconnexion dans {seconds} s</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Connection lost</source>
            <translation>Connexion perdue</translation>
        </message>
        <message>
            <source>Demo dancer, as no camera was found</source>
            <translation>Danseur de démo, faute de caméra</translation>
        </message>
        <message>
            <source>Ended</source>
            <translation>Terminé</translation>
        </message>
        <message>
            <source>Getting ready</source>
            <translation>Préparation</translation>
        </message>
        <message>
            <source>Live</source>
            <translation>En direct</translation>
        </message>
        <message>
            <source>No picture</source>
            <translation>Pas d’image</translation>
        </message>
        <message>
            <source>Not opened</source>
            <translation>Non ouverte</translation>
        </message>
        <message>
            <source>Opening</source>
            <translation>Ouverture</translation>
        </message>
        <message>
            <source>Paused</source>
            <translation>En pause</translation>
        </message>
        <message>
            <source>Playing</source>
            <translation>Lecture</translation>
        </message>
        <message>
            <source>Reconnecting</source>
            <translation>Reconnexion</translation>
        </message>
        <message>
            <source>reconnects: {count}</source>
            <translation>reconnexions : {count}</translation>
        </message>
        <message>
            <source>{count} dropped</source>
            <translation>pertes : {count}</translation>
        </message>
        <message>
            <source>{fps} fps</source>
            <translation>{fps} i/s</translation>
        </message>
        <message>
            <source>{models} on {provider}</source>
            <translation>{models} sur {provider}</translation>
        </message>
        <message>
            <source>{ms} ms latency</source>
            <translation>latence {ms} ms</translation>
        </message>
    </context>
    <context>
        <name>StreamTest</name>
        <message>
            <source>The test itself failed ({name}).</source>
            <translation>L’essai lui-même a échoué ({name}).</translation>
        </message>
        <message>
            <source>{name} did not answer within {seconds} seconds; check host, port and network.</source>
            <translation>{name} n’a pas répondu en {seconds} secondes ; vérifiez l’hôte, le port et le réseau.</translation>
        </message>
    </context>
    <context>
        <name>StyleChart</name>
        <message>
            <source>Danced here in the last {hours} hours</source>
            <translation>Dansé ici ces {hours} dernières heures</translation>
        </message>
        <message>
            <source>The styles it knows</source>
            <translation>Les styles reconnus</translation>
        </message>
        <message>
            <source>{hours} h {minutes} min</source>
            <translation>{hours} h {minutes} min</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
    </context>
    <context>
        <name>StyleChooser</name>
        <message>
            <source>&amp;It was this</source>
            <translation>C’éta&amp;it ceci</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>It learns from the last {time}.</source>
            <translation>Les {time} passées serviront d’exemple.</translation>
        </message>
        <message>
            <source>Styles</source>
            <translation>Styles</translation>
        </message>
        <message>
            <source>This was …</source>
            <translation>C’était …</translation>
        </message>
        <message>
            <source>What was danced just now?</source>
            <translation>Qu’est-ce qui vient d’être dansé ?</translation>
        </message>
    </context>
    <context>
        <name>StyleLook</name>
        <message>
            <source>Afrobeat</source>
            <translation>Afrobeat</translation>
        </message>
        <message>
            <source>Another style</source>
            <translation>Autre style</translation>
        </message>
        <message>
            <source>Classical</source>
            <translation>Classique</translation>
        </message>
        <message>
            <source>Hip-hop</source>
            <translation>Hip-hop</translation>
        </message>
        <message>
            <source>Not sure</source>
            <translation>Pas sûr</translation>
        </message>
    </context>
    <context>
        <name>StylesPage</name>
        <message>
            <source>&amp;Export…</source>
            <translation>&amp;Exporter…</translation>
        </message>
        <message>
            <source>&amp;Import…</source>
            <translation>&amp;Importer…</translation>
        </message>
        <message>
            <source>&amp;Rename</source>
            <translation>&amp;Renommer</translation>
        </message>
        <message>
            <source>&amp;Undo</source>
            <translation>Ann&amp;uler</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Export styles</source>
            <translation>Exporter des styles</translation>
        </message>
        <message>
            <source>Import styles</source>
            <translation>Importer des styles</translation>
        </message>
        <message>
            <source>Imported: {names}.</source>
            <translation>Importé : {names}.</translation>
        </message>
        <message>
            <source>Mer&amp;ge into</source>
            <translation>Re&amp;grouper avec</translation>
        </message>
        <message>
            <source>My styles</source>
            <translation>Mes styles</translation>
        </message>
        <message>
            <source>Re&amp;move</source>
            <translation>Suppri&amp;mer</translation>
        </message>
        <message>
            <source>Removed: {name}.</source>
            <translation>Supprimé : {name}.</translation>
        </message>
        <message>
            <source>Saved as {path}.</source>
            <translation>Enregistré sous {path}.</translation>
        </message>
        <message>
            <source>Style packs (*.stylepack)</source>
            <translation>Paquets de styles (*.stylepack)</translation>
        </message>
        <message>
            <source>Undone.</source>
            <translation>Annulé.</translation>
        </message>
        <message>
            <source>{name} is called {new} now.</source>
            <translation>{name} s’appelle maintenant {new}.</translation>
        </message>
        <message>
            <source>{name} is part of {target} now.</source>
            <translation>{name} fait maintenant partie de {target}.</translation>
        </message>
    </context>
    <context>
        <name>StylesTree</name>
        <message>
            <source>Kind</source>
            <translation>Genre</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Durée</translation>
        </message>
        <message>
            <source>Nothing yet: press N in the window.</source>
            <translation>Rien encore : appuyez sur N dans la fenêtre.</translation>
        </message>
        <message>
            <source>Ready-made packs</source>
            <translation>Paquets tout prêts</translation>
        </message>
        <message>
            <source>Shipped styles</source>
            <translation>Styles fournis</translation>
        </message>
        <message>
            <source>Style</source>
            <translation>Style</translation>
        </message>
        <message>
            <source>Styles</source>
            <translation>Styles</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Prises</translation>
        </message>
        <message>
            <source>Taught here</source>
            <translation>Enseignés ici</translation>
        </message>
        <message>
            <source>a move of {style}</source>
            <translation>un pas de {style}</translation>
        </message>
        <message>
            <source>corrections</source>
            <translation>corrections</translation>
        </message>
        <message>
            <source>its own</source>
            <translation>à part entière</translation>
        </message>
        <message>
            <source>shipped</source>
            <translation>fourni</translation>
        </message>
    </context>
    <context>
        <name>Summary</name>
        <message>
            <source>1 change</source>
            <translation>1 changement</translation>
        </message>
        <message>
            <source>Changes of style</source>
            <translation>Changements de style</translation>
        </message>
        <message>
            <source>Dance for a few seconds, then look here again.</source>
            <translation>Dansez quelques secondes, puis revenez ici.</translation>
        </message>
        <message>
            <source>Dancer {number}</source>
            <translation>Danseur {number}</translation>
        </message>
        <message>
            <source>Dancer {number}: {shares}; {changes}</source>
            <translation>Danseur {number} : {shares} ; {changes}</translation>
        </message>
        <message>
            <source>Longest streak</source>
            <translation>Plus longue série</translation>
        </message>
        <message>
            <source>Mostly {style}</source>
            <translation>Surtout : {style}</translation>
        </message>
        <message>
            <source>No style stood out</source>
            <translation>Aucun style ne se détache</translation>
        </message>
        <message>
            <source>Nothing was danced yet</source>
            <translation>Rien n’a encore été dansé</translation>
        </message>
        <message>
            <source>and {number} more, in the table</source>
            <translation>et {number} de plus, dans le tableau</translation>
        </message>
        <message>
            <source>choreography {when}</source>
            <translation>chorégraphie {when}</translation>
        </message>
        <message>
            <source>in {total}</source>
            <translation>en {total}</translation>
        </message>
        <message>
            <source>longest streak {style}, {time}</source>
            <translation>plus longue série {style}, {time}</translation>
        </message>
        <message>
            <source>no change</source>
            <translation>0 changement</translation>
        </message>
        <message>
            <source>none</source>
            <translation>aucune</translation>
        </message>
        <message>
            <source>{number} changes</source>
            <translation>{number} changements</translation>
        </message>
        <message>
            <source>{number} dancers</source>
            <translation>{number} danseurs</translation>
        </message>
        <message>
            <source>{part} of {total}</source>
            <translation>{part} sur {total}</translation>
        </message>
        <message>
            <source>{percent}%</source>
            <translation>{percent} %</translation>
        </message>
        <message>
            <source>{style} {percent}%</source>
            <translation>{style} {percent} %</translation>
        </message>
        <message>
            <source>{time} in a row</source>
            <translation>{time} d’affilée</translation>
        </message>
    </context>
    <context>
        <name>SummaryPage</name>
        <message>
            <source>Close</source>
            <translation>Fermer</translation>
        </message>
        <message>
            <source>Pictures (*.png)</source>
            <translation>Images (*.png)</translation>
        </message>
        <message>
            <source>Save &amp;picture…</source>
            <translation>Enregistrer l’&amp;image…</translation>
        </message>
        <message>
            <source>Save &amp;table…</source>
            <translation>Enregistrer le &amp;tableau…</translation>
        </message>
        <message>
            <source>Save picture</source>
            <translation>Enregistrer l’image</translation>
        </message>
        <message>
            <source>Save table</source>
            <translation>Enregistrer le tableau</translation>
        </message>
        <message>
            <source>Saved as {path}.</source>
            <translation>Enregistré sous {path}.</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Résumé</translation>
        </message>
        <message>
            <source>Tables (*.csv)</source>
            <translation>Tableaux (*.csv)</translation>
        </message>
    </context>
    <context>
        <name>TakeCard</name>
        <message>
            <source>Delete take {number}</source>
            <translation>Supprimer la prise {number}</translation>
        </message>
        <message>
            <source>Delete this take</source>
            <translation>Supprimer cette prise</translation>
        </message>
        <message>
            <source>Take {number}</source>
            <translation>Prise {number}</translation>
        </message>
    </context>
    <context>
        <name>TakeFilm</name>
        <message>
            <source>Take</source>
            <translation>Prise</translation>
        </message>
    </context>
    <context>
        <name>TakesPage</name>
        <message>
            <source>&amp;Add a take</source>
            <translation>&amp;Ajouter une prise</translation>
        </message>
        <message>
            <source>&amp;Done</source>
            <translation>&amp;Terminé</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Prises</translation>
        </message>
        <message>
            <source>There is nothing to learn from yet: add a take.</source>
            <translation>Il n’y a encore rien à apprendre : ajoutez une prise.</translation>
        </message>
        <message>
            <source>{seconds} s of dancing.</source>
            <translation>{seconds} s de danse.</translation>
        </message>
        <message>
            <source>{seconds} s of dancing. Another take, turned a little, makes it surer.</source>
            <translation>{seconds} s de danse. Une autre prise, un peu tourné, rend plus sûr.</translation>
        </message>
    </context>
    <context>
        <name>TeachSheet</name>
        <message>
            <source>Stop</source>
            <translation>Arrêter</translation>
        </message>
        <message>
            <source>Stop (Space)</source>
            <translation>Arrêter (Espace)</translation>
        </message>
        <message>
            <source>Teach a style</source>
            <translation>Enseigner un style</translation>
        </message>
        <message>
            <source>{seconds} s at least</source>
            <translation>{seconds} s au moins</translation>
        </message>
    </context>
    <context>
        <name>Teaching</name>
        <message>
            <source>Always much the same.</source>
            <translation>Toujours à peu près pareil.</translation>
        </message>
        <message>
            <source>Show more of it: turn, vary, use the room.</source>
            <translation>Montrez-en plus : tournez, variez, bougez.</translation>
        </message>
        <message>
            <source>The dancer was hard to see.</source>
            <translation>On voyait mal le danseur.</translation>
        </message>
        <message>
            <source>The legs were out of view.</source>
            <translation>Les jambes étaient hors champ.</translation>
        </message>
        <message>
            <source>There was hardly any movement.</source>
            <translation>Il n’y avait presque pas de mouvement.</translation>
        </message>
        <message>
            <source>Too short to learn from.</source>
            <translation>Trop court pour apprendre.</translation>
        </message>
        <message>
            <source>You are hard to see: more light, or come closer.</source>
            <translation>On vous voit mal : plus de lumière, ou plus près.</translation>
        </message>
        <message>
            <source>You hardly move: dance as large as you can.</source>
            <translation>Vous bougez à peine : dansez le plus ample possible.</translation>
        </message>
        <message>
            <source>Your legs are out of view: step back a little.</source>
            <translation>Vos jambes sont hors champ : reculez un peu.</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
    </context>
    <context>
        <name>TeachingActions</name>
        <message>
            <source>&amp;My styles…</source>
            <translation>&amp;Mes styles…</translation>
        </message>
        <message>
            <source>&amp;Teach</source>
            <translation>&amp;Enseigner</translation>
        </message>
        <message>
            <source>&amp;Teach a style…</source>
            <translation>&amp;Enseigner un style…</translation>
        </message>
        <message>
            <source>Teach</source>
            <translation>Enseigner</translation>
        </message>
        <message>
            <source>This &amp;was …</source>
            <translation>C’é&amp;tait …</translation>
        </message>
    </context>
    <context>
        <name>Tile</name>
        <message>
            <source>{source}, chosen</source>
            <translation>{source}, choisie</translation>
        </message>
    </context>
    <context>
        <name>TimelineActions</name>
        <message>
            <source>&amp;Clear timeline</source>
            <translation>&amp;Effacer la frise</translation>
        </message>
        <message>
            <source>Back to &amp;live</source>
            <translation>Retour au &amp;direct</translation>
        </message>
        <message>
            <source>S&amp;ummary…</source>
            <translation>&amp;Résumé…</translation>
        </message>
        <message>
            <source>Summary</source>
            <translation>Résumé</translation>
        </message>
        <message>
            <source>U&amp;ndo</source>
            <translation>A&amp;nnuler</translation>
        </message>
    </context>
    <context>
        <name>TimelineStrip</name>
        <message>
            <source>Live. The left arrow key looks back, End comes back to live.</source>
            <translation>En direct. La flèche gauche remonte le temps, Fin revient au direct.</translation>
        </message>
        <message>
            <source>Timeline</source>
            <translation>Frise</translation>
        </message>
        <message>
            <source>Timeline cleared. Ctrl+Z brings it back.</source>
            <translation>Frise effacée. Ctrl+Z la ramène.</translation>
        </message>
    </context>
    <context>
        <name>Wall</name>
        <message>
            <source>Source {number} of {count}</source>
            <translation>Source {number} sur {count}</translation>
        </message>
    </context>
    <context>
        <name>WindowActions</name>
        <message>
            <source>&amp;Demo dancer</source>
            <translation>&amp;Danseur de démo</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>Ai&amp;de</translation>
        </message>
        <message>
            <source>&amp;Keys</source>
            <translation>&amp;Raccourcis clavier</translation>
        </message>
        <message>
            <source>&amp;Source</source>
            <translation>&amp;Source</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Affichage</translation>
        </message>
        <message>
            <source>About ChoreAI Live</source>
            <translation>À propos de ChoreAI Live</translation>
        </message>
        <message>
            <source>Camera</source>
            <translation>Caméra</translation>
        </message>
        <message>
            <source>Choose &amp;camera…</source>
            <translation>Choisir une &amp;caméra…</translation>
        </message>
        <message>
            <source>Choose &amp;source…</source>
            <translation>Choisir une &amp;source…</translation>
        </message>
        <message>
            <source>Choose camera</source>
            <translation>Choisir une caméra</translation>
        </message>
        <message>
            <source>Choose source</source>
            <translation>Choisir une source</translation>
        </message>
        <message>
            <source>Demo</source>
            <translation>Démo</translation>
        </message>
        <message>
            <source>Demo dancer</source>
            <translation>Danseur de démo</translation>
        </message>
        <message>
            <source>Events</source>
            <translation>Journal</translation>
        </message>
        <message>
            <source>File</source>
            <translation>Fichier</translation>
        </message>
        <message>
            <source>Full screen</source>
            <translation>Plein écran</translation>
        </message>
        <message>
            <source>Leave full screen</source>
            <translation>Quitter le plein écran</translation>
        </message>
        <message>
            <source>Mirror</source>
            <translation>Miroir</translation>
        </message>
        <message>
            <source>Open &amp;file…</source>
            <translation>Ouvrir un &amp;fichier…</translation>
        </message>
        <message>
            <source>Open &amp;recording…</source>
            <translation>Ouvrir un en&amp;registrement…</translation>
        </message>
        <message>
            <source>Open file</source>
            <translation>Ouvrir un fichier</translation>
        </message>
        <message>
            <source>Open recording</source>
            <translation>Ouvrir un enregistrement</translation>
        </message>
        <message>
            <source>Open s&amp;tream…</source>
            <translation>Ouvrir un flu&amp;x…</translation>
        </message>
        <message>
            <source>Open stream</source>
            <translation>Ouvrir un flux</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Quitter</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Enregistrer</translation>
        </message>
        <message>
            <source>Reopen</source>
            <translation>Rouvrir</translation>
        </message>
        <message>
            <source>S&amp;ettings…</source>
            <translation>R&amp;églages…</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>Réglages</translation>
        </message>
        <message>
            <source>Snapshot</source>
            <translation>Photo</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>Source</translation>
        </message>
        <message>
            <source>Stream</source>
            <translation>Flux</translation>
        </message>
    </context>
    <context>
        <name>WindowEvents</name>
        <message>
            <source>Removed.</source>
            <translation>Retirée.</translation>
        </message>
    </context>
    <context>
        <name>WindowTeaching</name>
        <message>
            <source>Imported: {names}.</source>
            <translation>Importé : {names}.</translation>
        </message>
        <message>
            <source>Learned: this was {style}.</source>
            <translation>Appris : c’était {style}.</translation>
        </message>
        <message>
            <source>Learned: {name}.</source>
            <translation>Appris : {name}.</translation>
        </message>
        <message>
            <source>Nobody has danced long enough just now to learn from it.</source>
            <translation>Personne n’a dansé assez longtemps à l’instant pour en apprendre.</translation>
        </message>
        <message>
            <source>The models are still being loaded.</source>
            <translation>Les modèles sont encore en cours de chargement.</translation>
        </message>
        <message>
            <source>This style model cannot be taught; choose the shipped one in the settings.</source>
            <translation>On ne peut rien enseigner à ce modèle de style ; choisissez celui fourni dans les réglages.</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Annuler</translation>
        </message>
        <message>
            <source>Undone: it is as it was before.</source>
            <translation>Annulé : tout est comme avant.</translation>
        </message>
    </context>
    <context>
        <name>Worker</name>
        <message>
            <source>Something went wrong that never should ({name}: {words}); please report it.</source>
            <translation>Une erreur qui ne devrait jamais arriver s’est produite ({name} : {words}) ; merci de la signaler.</translation>
        </message>
        <message>
            <source>{why} Until then the CPU is used.</source>
            <translation>{why} En attendant, le processeur est utilisé.</translation>
        </message>
    </context>
    <context>
        <name>_DropHint</name>
        <message>
            <source>Drop it to import its styles</source>
            <translation>Déposez pour importer ses styles</translation>
        </message>
        <message>
            <source>Drop it to watch it</source>
            <translation>Déposez pour regarder</translation>
        </message>
    </context>
    <context>
        <name>_Page</name>
        <message>
            <source>Summary</source>
            <translation>Résumé</translation>
        </message>
    </context>
    <context>
        <name>failure</name>
        <message>
            <source>The camera gives no picture</source>
            <translation>La caméra ne donne pas d’image</translation>
        </message>
        <message>
            <source>The camera is in use</source>
            <translation>La caméra est déjà utilisée</translation>
        </message>
        <message>
            <source>The camera is not there</source>
            <translation>La caméra n’est pas là</translation>
        </message>
        <message>
            <source>This did not work</source>
            <translation>Ça n’a pas marché</translation>
        </message>
        <message>
            <source>You may not use the camera</source>
            <translation>Accès à la caméra refusé</translation>
        </message>
    </context>
    <context>
        <name>figures</name>
        <message>
            <source>{rate} fps</source>
            <translation>{rate} i/s</translation>
        </message>
    </context>
</TS>
